import type { StepOutcome } from '../../casework/scene.ts';
import type { NoticeKind } from '../../notice/kinds.ts';
import { type NoticeValues, notices } from '../../notice/notice.ts';
import type { Op } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { isWanted, newNotice } from '../new-notice.ts';

type News = NonNullable<StepOutcome['news']>;

/** What of a ticket is news to the people of those that are part of it. */
const theirs: readonly NoticeKind[] = [
  'answered',
  'resolved',
  'closed',
  'closedWithoutData',
  'rejected',
  'delayed',
  'reopened',
];

/** Whether it is solved only the ticket's own person is asked: the others get the answer, or that it is over. */
function kindFor(kind: NoticeKind, text: string | undefined): NoticeKind {
  if (kind === 'resolved') return text === undefined ? 'closed' : 'answered';
  return kind === 'closedWithoutData' ? 'closed' : kind;
}

/** The words as they are; of a restricted matter none. */
const wordsOf = ({ text, reason, guidance, expectedAt }: NoticeValues, restricted: boolean): NoticeValues => ({
  ...(expectedAt === undefined ? {} : { expectedAt }),
  ...(restricted || text === undefined ? {} : { text }),
  ...(restricted || reason === undefined ? {} : { reason }),
  ...(restricted || guidance === undefined ? {} : { guidance }),
});

/** What others than its own person are told of news of a ticket; null for nothing. Pure. */
export function newsForOthers({ kind, values }: News, restricted: boolean): News | null {
  if (!theirs.includes(kind)) return null;
  const words = wordsOf(values, restricted);
  const told = kindFor(kind, words.text);
  return told === 'answered' && words.text === undefined ? null : { kind: told, values: words };
}

/** The tickets of other people that are part of this one; not those whose person hears of it by another number already. */
async function partsOf({ store }: Pick<FlowDeps, 'store'>, ticket: Ticket): Promise<Ticket[]> {
  if (ticket.absorbed.length === 0) return [];
  const parts = await store.getMany(tickets, ticket.absorbed);
  const all = [ticket, ...parts];
  return parts.filter(({ mergedInto, contactId }) => {
    const into = all.find(({ number }) => number === mergedInto);
    return contactId !== ticket.contactId && into?.contactId !== contactId;
  });
}

/** Tickets of other people that become part of this one now. */
const joining = (ticket: Ticket, also: StepOutcome['also']): Ticket[] =>
  (also ?? []).flatMap(({ changes, seen }) =>
    seen && seen.contactId !== ticket.contactId && changes.some(({ kind }) => kind === 'merged') ? [seen] : [],
  );

/**
 * What the people of merged tickets are told when their ticket becomes part of another person's, and what becomes of that
 * (EX-06): each by their own number, and nothing of the other person. Keyed; the teller tells it.
 */
export async function partOps(
  deps: Pick<FlowDeps, 'store' | 'content'>,
  { before, outcome }: { before: Ticket; outcome: StepOutcome },
  { cause, at }: { cause: string; at: string },
): Promise<Op[]> {
  const op = ({ number, contactId }: Ticket, { kind, values }: News): Op[] => {
    if (!isWanted(deps, kind)) return [];
    const document = newNotice({ ticketNumber: number, contactId, kind, values }, cause, at);
    return [{ op: 'insert', in: notices, document, onDuplicate: 'keep' }];
  };
  const joined = joining(before, outcome.also).flatMap((one) => op(one, { kind: 'merged', values: {} }));
  const { news } = outcome;
  if (!news) return joined;
  const told = (await partsOf(deps, before)).flatMap((one) => {
    const theirNews = newsForOthers(news, before.restricted || one.restricted);
    return theirNews ? op(one, theirNews) : [];
  });
  return [...joined, ...told];
}
