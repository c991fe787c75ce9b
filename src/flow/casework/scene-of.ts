import { agents } from '../../agent/agent.ts';
import { deputies } from '../../casework/deputies.ts';
import type { CaseScene } from '../../casework/scene.ts';
import type { Staff, StaffMember } from '../../casework/staff.ts';
import { iso } from '../../clock.ts';
import { contacts } from '../../contact/contact.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { everyPage } from '../every-page.ts';

interface Deps extends Pick<FlowDeps, 'store' | 'clock'> {
  content: Pick<FlowDeps['content'], 'organisation'>;
}

/** Everybody who works here, and who stands in for whom. */
export async function readStaff({ store }: Pick<Deps, 'store'>): Promise<Staff> {
  const members: StaffMember[] = [];
  const standIns: Staff['deputies'][number][] = [];
  await everyPage(
    (cursor) => store.find(agents, { index: 'by-created', limit: 1000, cursor }),
    (one) => members.push(one),
  );
  await everyPage(
    (cursor) => store.find(deputies, { index: 'by-from', limit: 1000, cursor }),
    (one) => standIns.push(one),
  );
  return { members, deputies: standIns };
}

/** What a step or a duty looks at. `staff` is given where one reading serves many. */
export async function sceneOf(
  deps: Deps,
  ticket: Ticket,
  { cause, other, staff }: { cause: string; other?: string | undefined; staff?: Staff },
): Promise<CaseScene> {
  const { store, content, clock } = deps;
  return {
    ticket,
    now: iso(clock.now()),
    cause,
    organisation: content.organisation(),
    staff: staff ?? (await readStaff(deps)),
    category: (await store.get(contacts, ticket.contactId))?.category ?? null,
    other: other === undefined ? null : await store.get(tickets, other),
    objections: ticket.objections.length === 0 ? [] : await store.getMany(tickets, [...ticket.objections]),
  };
}
