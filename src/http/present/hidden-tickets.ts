import type { Principal } from '../../agent/principal.ts';
import { may } from '../../agent/roles.ts';
import type { Store } from '../../store/port.ts';
import { tickets } from '../../ticket/ticket.ts';
import { maySee } from './ticket.ts';

const atOnce = 1000;

/** Which of these tickets the principal may not know of; asked for every list, so nobody pays who sees all anyway. */
export async function hiddenTickets(
  store: Store,
  by: Principal,
  numbers: Iterable<string | null>,
): Promise<ReadonlySet<string>> {
  if (may(by.role, 'tickets.restricted')) return new Set();
  const asked = [...new Set(numbers)].filter((number) => number !== null);
  const hidden = new Set<string>();
  for (let start = 0; start < asked.length; start += atOnce) {
    const found = await store.getMany(tickets, asked.slice(start, start + atOnce));
    for (const one of found) if (!maySee(by, one)) hidden.add(one.number);
  }
  return hidden;
}
