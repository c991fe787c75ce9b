import { creditFor } from '../casework/answer.ts';
import { giveData, reopenWithData } from '../casework/data-asked.ts';
import { alertTo, thoseAbove } from '../casework/hand-over.ts';
import { levelsOf } from '../casework/ladder.ts';
import { objectionTo } from '../casework/objection.ts';
import { raise } from '../casework/raise.ts';
import { requireObjection } from '../casework/require-objection.ts';
import type { CaseScene, StepOutcome } from '../casework/scene.ts';
import { sendAgain, wentTo } from '../casework/send-again.ts';
import { settleBy } from '../casework/settle.ts';
import { headOf } from '../casework/staff.ts';
import { keyed } from '../ids.ts';
import type { Store } from '../store/port.ts';
import { type Actor, type TicketChange, ticketEvents } from '../ticket/events.ts';
import { enter } from '../ticket/ledger.ts';
import { ticketNumber } from '../ticket/number.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { OnCase, OpenObjection } from './actions.ts';
import { alertOps } from './casework/alert-ops.ts';
import { sceneOf } from './casework/scene-of.ts';
import type { FlowDeps } from './deps.ts';
import type { Draft } from './draft.ts';
import { dueTimes, link, record, survivorIn, ticketOf } from './draft-tickets.ts';

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'content' | 'clock' | 'members' | 'secret'>;

/** What they do to a ticket is done by the person, in the conversation. */
const person = ({ contact }: Draft): Actor => ({ kind: 'contact', id: contact.id });

/** All that a step makes of a ticket becomes part of the unit; what the person is told of it the assistant says itself. */
async function enterHere(
  deps: Deps,
  draft: Draft,
  ticket: Ticket,
  { outcome, cause }: { outcome: StepOutcome; cause: string },
): Promise<Ticket> {
  const { number } = ticket;
  const after = record(deps, draft, { ticket, number, cause, changes: outcome.changes, actor: person(draft) });
  draft.ops.push(...alertOps(outcome.alerts ?? [], { ticketNumber: number, cause, at: draft.at }));
  const settle = settleBy(deps.content.organisation());
  for (const { number: other, changes, seen } of outcome.also ?? []) {
    const found = seen ?? (await ticketOf(deps.store, draft, other));
    if (!found) continue;
    const entry = { number: other, at: draft.at, actor: person(draft), cause, settle };
    draft.ops.push(...enter(found, changes, entry).ops);
  }
  draft.ops.push(...(outcome.ops ?? []));
  return after;
}

const mostEvents = 200;

/** How often was asked how it stands, since its status last changed. */
async function nudgesIn(store: Store, { number, statusAt }: Ticket): Promise<number> {
  const query = { index: 'by-ticket', where: { ticketNumber: number }, order: 'desc', limit: mostEvents } as const;
  const events = (await store.find(ticketEvents, query)).items;
  return events.filter(({ change, at }) => change.kind === 'nudged' && at >= statusAt).length;
}

/** Whoever asks again and again: the head of the department hears of it (EX-02). */
async function nudged(store: Store, scene: CaseScene, messageId: string | null): Promise<StepOutcome> {
  const { ticket, organisation, staff, now } = scene;
  const count = (await nudgesIn(store, ticket)) + 1;
  const changes: TicketChange[] = [{ kind: 'nudged', messageId }];
  if (count < organisation.casework.nudges) return { changes };
  const department = organisation.departments.find(({ id }) => id === ticket.departmentId);
  const head = department && headOf(staff, department, { now, except: ticket.hiddenFrom });
  const to = head && !ticket.restricted ? [head] : thoseAbove(scene);
  return { changes, alerts: alertTo(to, null, { kind: 'nudged', values: { count } }) };
}

const solved = ({ ticket }: CaseScene): StepOutcome => ({
  changes: [{ kind: 'closed', how: 'confirmed', creditedTo: creditFor(ticket) }],
});

/** The fields join those that are filled. */
const filled = ({ ticket }: CaseScene, fields: Record<string, string>): TicketChange[] =>
  Object.keys(fields).length > 0 ? [{ kind: 'classified', fields: { ...ticket.fields, ...fields } }] : [];

function madeUrgent(deps: Deps, { ticket, staff, organisation, now }: CaseScene): StepOutcome {
  const importance = 'high' as const;
  const department = organisation.departments.find(({ id }) => id === ticket.departmentId);
  const head = department && headOf(staff, department, { now, except: ticket.hiddenFrom });
  const to = [ticket.assigneeId, head?.id ?? null].flatMap((id) => (id === null ? [] : [{ id }]));
  const alert = { kind: 'transferred' as const, values: { urgent: true } };
  const dueAt = dueTimes(deps, { ...ticket, importance }, ticket.openedAt);
  return {
    changes: [{ kind: 'classified', urgent: true, importance, dueAt }],
    alerts: ticket.urgent || ticket.restricted ? [] : alertTo(to, null, alert),
  };
}

function outcomeOf(deps: Deps, scene: CaseScene, action: OnCase): StepOutcome | Promise<StepOutcome> {
  switch (action.do) {
    case 'confirm-solved':
      return solved(scene);
    case 'unsatisfied':
      return sendAgain(scene, action.text);
    case 'raise':
      return raise(scene, {
        why: scene.ticket.status === 'closed' || scene.ticket.status === 'resolved' ? 'untreated' : 'person',
        text: action.text,
      });
    case 'escalate':
      return { changes: [{ kind: 'escalation-asked', text: action.text }] };
    case 'nudge':
      return nudged(deps.store, scene, action.messageId);
    case 'data-given': {
      const given = giveData(scene, action.messageIds.at(-1) ?? null);
      return { ...given, changes: [...filled(scene, action.fields), ...given.changes] };
    }
    case 'come-back':
      return reopenWithData(scene);
    case 'make-urgent':
      return madeUrgent(deps, scene);
    case 'tie-incident':
      return { changes: [{ kind: 'incident-linked', incidentId: action.incidentId }] };
    case 'fill-form':
      return { changes: filled(scene, action.fields) };
  }
}

/** Where each may be done: what happened to the ticket meanwhile wins. */
const allowed: Readonly<Record<OnCase['do'], (ticket: Ticket) => boolean>> = {
  'confirm-solved': ({ status }) => status === 'resolved',
  unsatisfied: ({ status }) => status === 'resolved',
  raise: ({ mergedInto, status }) => mergedInto === null && status !== 'rejected',
  escalate: () => true,
  nudge: () => true,
  'data-given': ({ status }) => status === 'pending_customer',
  'come-back': ({ status, mergedInto }) => status === 'closed' && mergedInto === null,
  'make-urgent': () => true,
  'tie-incident': () => true,
  'fill-form': () => true,
};

/** The level that was reached, in words that a text knows: `head`, `supervisor`, `management` and so on. */
function reachedLevel(scene: CaseScene, { changes }: StepOutcome): string {
  const last = changes.findLast((change) => change.kind === 'escalated' && change.to.length > 0);
  const level = last?.kind === 'escalated' ? last.level : null;
  return level === null ? '' : (levelsOf(scene.organisation, scene.ticket.type)[level - 1]?.to ?? '');
}

/** Does to a ticket of the person what they said. One that was merged goes on in the other. */
export async function performOnCase(deps: Deps, draft: Draft, action: OnCase, place: number): Promise<void> {
  const ticket = await survivorIn(deps.store, draft, action.ticketNumber);
  if (!ticket || ticket.contactId !== draft.contact.id) return;
  if (allowed[action.do](ticket)) {
    const cause = keyed(draft.causeId, place);
    const scene = await sceneOf(deps, ticket, { cause });
    const outcome = await outcomeOf(deps, { ...scene, now: draft.at }, action);
    const after = outcome.changes.length > 0 ? await enterHere(deps, draft, ticket, { outcome, cause }) : ticket;
    if (action.do === 'unsatisfied') draft.filled.goesTo = wentTo(ticket, after);
    if (action.do === 'raise') draft.filled.raisedTo = reachedLevel(scene, outcome);
  }
  if ('messageIds' in action) await link(deps, draft, action.messageIds, ticket.number);
}

/** Opens the objection to an answer, tied to it and one level up (ES-03); the earlier ticket is left as it is. */
export async function performObjection(deps: Deps, draft: Draft, action: OpenObjection, place: number): Promise<void> {
  const { store } = deps;
  const earlier = await survivorIn(store, draft, action.ticketNumber);
  if (!earlier || earlier.contactId !== draft.contact.id) return;
  const cause = keyed('objection', draft.causeId, place);
  const { channel, id: conversationId } = draft.conversation;
  const scene = { ...(await sceneOf(deps, earlier, { cause })), now: draft.at };
  const level = requireObjection(scene);
  const dueAt = dueTimes(deps, { ...earlier, channel, type: 'objection' }, draft.at);
  const facts = { text: action.text, channel, conversationId, dueAt };
  const { changes, alerts } = objectionTo(scene, level, facts);
  const year = new Date(deps.clock.now()).getUTCFullYear();
  const number = ticketNumber(year, await store.next(`tickets-${year}`));
  const actor = person(draft);
  draft.opened = record(deps, draft, { ticket: null, number, cause, changes, actor });
  record(deps, draft, {
    ticket: earlier,
    number: earlier.number,
    cause,
    changes: [{ kind: 'objected', number }],
    actor,
  });
  draft.ops.push(...alertOps(alerts, { ticketNumber: number, cause, at: draft.at }));
  draft.conversation.ticketNumbers = [...new Set([...draft.conversation.ticketNumbers, number])];
  draft.conversation.openTicket = number;
  await link(deps, draft, action.messageIds, number);
}
