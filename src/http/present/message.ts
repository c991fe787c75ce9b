import { z } from 'zod';
import { agents } from '../../agent/agent.ts';
import type { Principal } from '../../agent/principal.ts';
import { may } from '../../agent/roles.ts';
import { type Delivery, deliveries, delivery, type Message, message } from '../../message/message.ts';
import type { Store } from '../../store/port.ts';
import { fileReply, fileStates } from './files.ts';
import { hiddenTickets } from './hidden-tickets.ts';
import { type LetterReply, letterReply, presentLetter } from './letter.ts';

const deliveryReply = delivery.pick({ status: true, externalId: true, at: true, error: true });

export const messageReply = message
  .omit({ version: true, contactId: true, inboxId: true, raw: true, digest: true, fingerprint: true, letter: true })
  .extend({
    ...letterReply.shape,
    attachments: z.array(fileReply),
    /** There is HTML of somebody else's, which `GET /messages/:id/html` shows; `html` is our own and null then. */
    hasHtml: z.boolean(),
    agentName: z.string().nullable(),
    deliveries: z.array(deliveryReply),
    /** True where it belongs to a ticket that the caller may not know of: it is there, and says nothing. */
    hidden: z.boolean(),
  })
  .meta({ id: 'Message' });
export type MessageReply = z.infer<typeof messageReply>;

async function deliveriesOf(store: Store, ids: readonly string[]): Promise<Map<string, Delivery[]>> {
  const all: Delivery[] = [];
  let cursor: string | undefined;
  if (ids.length === 0) return new Map();
  do {
    const where = { messageId: { in: ids } };
    const page = await store.find(deliveries, { index: 'by-message', where, limit: 1000, cursor });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return Map.groupBy(all, ({ messageId }) => messageId);
}

async function agentNames(store: Store, found: readonly Message[]): Promise<Map<string, string>> {
  const ids = [...new Set(found.flatMap(({ agentId }) => agentId ?? []))];
  return new Map((await store.getMany(agents, ids)).map(({ id, name }) => [id, name]));
}

/** A message of a ticket that must not be known, emptied: its place stays, so that the order can be followed. */
const empty = {
  ...presentLetter(null, { masked: true }),
  text: '',
  html: null,
  hasHtml: false,
  hasSource: false,
  attachments: [],
  quickReplies: [],
  quickReplyId: null,
  ticketNumber: null,
  location: null,
  cards: [],
  fields: [],
  approved: null,
  detail: null,
  refersTo: null,
  link: undefined,
};

type Shown = Omit<Message, 'version' | 'contactId' | 'inboxId' | 'raw' | 'digest' | 'fingerprint' | 'letter'> &
  LetterReply & { hasHtml: boolean };

/** What is shown of the message itself. HTML from outside is never part of an answer that a page may put into itself. */
function facts(by: Principal, found: Message): Shown {
  const { version: _v, contactId: _c, inboxId: _i, raw: _r, digest: _d, fingerprint: _f, letter, ...shown } = found;
  const isStrange = shown.direction === 'inbound' && shown.html !== null;
  const masked = !may(by.role, 'contacts.full');
  return { ...shown, ...presentLetter(letter, { masked }), html: isStrange ? null : shown.html, hasHtml: isStrange };
}

/** Messages as the API shows them to this principal, each with its deliveries in the order of their parts. */
export async function presentMessages(store: Store, by: Principal, found: readonly Message[]): Promise<MessageReply[]> {
  const outbound = found.filter(({ direction }) => direction === 'outbound').map(({ id }) => id);
  const [sendings, names, filesOf, tickets] = await Promise.all([
    deliveriesOf(store, outbound),
    agentNames(store, found),
    fileStates(store, found),
    hiddenTickets(
      store,
      by,
      found.map(({ ticketNumber }) => ticketNumber),
    ),
  ]);
  const isHidden = ({ ticketNumber }: Pick<Message, 'ticketNumber'>) =>
    ticketNumber !== null && tickets.has(ticketNumber);
  return found
    .map((one) => facts(by, one))
    .map((shown) => ({
      ...shown,
      attachments: filesOf(shown.attachments),
      ...(isHidden(shown) ? empty : {}),
      hidden: isHidden(shown),
      agentName: (shown.agentId && names.get(shown.agentId)) || null,
      deliveries: (sendings.get(shown.id) ?? []).map(({ status, externalId, at, error }) => ({
        status,
        externalId,
        at,
        error,
      })),
    }));
}

/** One message as the API shows it to this principal. */
export async function presentMessage(store: Store, by: Principal, found: Message): Promise<MessageReply> {
  const [shown] = await presentMessages(store, by, [found]);
  if (!shown) throw new Error('a message was lost while being shown');
  return shown;
}
