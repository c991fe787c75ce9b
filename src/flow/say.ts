import { formIn } from '../channel/capabilities.ts';
import type { QuickReply } from '../channel/outbound.ts';
import { iso } from '../clock.ts';
import { keyed } from '../ids.ts';
import { inLanguage } from '../language/language.ts';
import { type Delivery, deliveries, type Message, messages, plain } from '../message/message.ts';
import type { Say } from './actions.ts';
import type { FlowDeps } from './deps.ts';
import type { Draft } from './draft.ts';
import { fitTo } from './fit-to.ts';
import { joinChat } from './join-chat.ts';
import { joinLetter, letterTo, type Piece } from './letter.ts';

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'content' | 'clock' | 'members' | 'serves'>;

/** After so long a process looks again at a sending that it wrote or claimed, in ms. */
export const deliveryLeaseMs = 60_000;

export interface Words {
  text: string;
  html: string | null;
  quickReplies: readonly QuickReply[];
  template: string | null;
  attachments?: Message['attachments'];
  /** The sendings that it is made of, where whoever wrote it has cut it already. */
  parts?: readonly string[];
  /** The approved template that is sent in place of the text. */
  approved?: Message['approved'];
  /** External id of the message that it answers by quoting it. */
  quotes?: string | null;
}

export const spoken = (deps: Deps, draft: Draft, action: Say): { text: string; html: string | null } => {
  if (action.words) return { text: action.words.text, html: action.words.html ?? null };
  const ticket = action.withTicket && draft.opened ? { ticket: draft.opened } : {};
  const values = { ...action.values, ...draft.filled, ...ticket };
  const text = deps.content.render()(action.template, draft.language, values, formIn(draft.capabilities));
  return { text, html: null };
};

/** The subject of a letter that answers none, or one without a subject. */
const subjectFor = (deps: Deps, draft: Draft): string => {
  const { unit } = deps.content.organisation().organisation;
  return deps.content.render()('letter-subject', draft.language, { unit: inLanguage(unit, draft.language) }, 'letter');
};

/** What is said in public is a reply to what was said there. */
const answeredInPublic = ({ conversation, answered }: Draft): string | null =>
  conversation.visibility === 'public' ? (answered?.externalId ?? null) : null;

/** Ours from birth where we serve the inbox, else whose turn it is to serve it. */
const belongs = ({ clock, members, serves }: Deps, inboxId: string): Pick<Delivery, 'dueAt' | 'claimedBy'> =>
  serves(inboxId)
    ? { dueAt: iso(clock.now() + deliveryLeaseMs), claimedBy: members.owner() }
    : { dueAt: iso(clock.now()), claimedBy: null };

const sending = (deps: Deps, message: Message, text: string, part: number): Delivery => ({
  id: keyed('delivery', message.id, part),
  version: 1,
  messageId: message.id,
  conversationId: message.conversationId,
  inboxId: message.inboxId,
  seq: message.seq,
  part,
  text,
  status: 'queued',
  externalId: null,
  open: true,
  attempts: 0,
  ...belongs(deps, message.inboxId),
  error: null,
  at: message.sentAt,
});

/** Adds a message of ours and its sendings. */
export function say(deps: Deps, draft: Draft, words: Words): Message {
  const { conversation } = draft;
  conversation.lastSeq += 1;
  const id = keyed('message', draft.causeId, draft.said++);
  const approved = words.approved ?? null;
  const measure = deps.channels.get(conversation.inboxId)?.measure;
  const fitted = fitTo(words.text, words.quickReplies, draft.capabilities, measure);
  // a template is one sending, however long it shows
  const cut = approved ? [words.text] : words.parts;
  const { parts, quickReplies } = cut ? { parts: cut, quickReplies: [] } : fitted;
  const message: Message = {
    ...plain,
    approved,
    refersTo: words.quotes ?? answeredInPublic(draft),
    letter:
      draft.capabilities.form === 'letter'
        ? letterTo(draft.answered, draft.conversation.subject || subjectFor(deps, draft))
        : null,
    id,
    version: 1,
    conversationId: conversation.id,
    contactId: conversation.contactId,
    inboxId: conversation.inboxId,
    seq: conversation.lastSeq,
    ticketNumber: draft.ticketNumber ?? null,
    direction: 'outbound',
    author: draft.author,
    agentId: draft.author === 'agent' ? draft.actor.id : null,
    kind: 'text',
    text: words.text,
    html: words.html,
    language: draft.language,
    attachments: words.attachments ?? [],
    quickReplies: quickReplies.length > 0 ? quickReplies : [...words.quickReplies],
    quickReplyId: null,
    externalId: `out:${id}`,
    automated: 'none',
    decisionId: draft.causeId,
    template: words.template,
    sentAt: draft.at,
    receivedAt: draft.at,
  };
  draft.ops.push({ op: 'insert', in: messages, document: message, onDuplicate: 'keep' });
  parts.forEach((text, part) => {
    draft.ops.push({ op: 'insert', in: deliveries, document: sending(deps, message, text, part), onDuplicate: 'keep' });
  });
  const shown = words.text || message.attachments.map(({ name }) => name).join(', ');
  const lastKind = words.text === '' && message.attachments.length > 0 ? 'file' : 'text';
  Object.assign(conversation, { lastMessageAt: draft.at, preview: shown.slice(0, 140), lastKind });
  return message;
}

/** What everybody reads was written for it: no other text of ours is ever said there. */
const isForAll = ({ template }: Piece): boolean => template?.startsWith('public-') ?? false;

/** What was said, as the medium's form wants it: one letter, or messages of a chat. */
export function wordsOf({ pieces, capabilities, conversation }: Draft): Words[] {
  if (conversation.visibility === 'public') return pieces.filter(isForAll);
  if (capabilities.form === 'chat') return joinChat(pieces, capabilities);
  return pieces.some(({ lead }) => !lead) ? [joinLetter(pieces)] : [];
}
