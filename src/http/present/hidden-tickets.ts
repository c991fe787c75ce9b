import type { Principal } from '../../agent/principal.ts';
import type { Store } from '../../store/port.ts';
import { tickets } from '../../ticket/ticket.ts';
import { maySee } from './ticket.ts';

const atOnce = 1000;

/** Which of these tickets the principal may not know of: nobody is above being complained of, so it is asked for everybody. */
export async function hiddenTickets(
  store: Store,
  by: Principal,
  numbers: Iterable<string | null>,
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(numbers)].filter((number) => number !== null);
  const hidden = new Set<string>();
  for (let start = 0; start < asked.length; start += atOnce) {
    const found = await store.getMany(tickets, asked.slice(start, start + atOnce));
    for (const one of found) if (!maySee(by, one)) hidden.add(one.number);
  }
  return hidden;
}
