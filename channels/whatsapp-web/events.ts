import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { Content } from './content.ts';
import { contentOf } from './content.ts';
import type { PageCall, PageMessage, PageReaction, PageVote } from './parse.ts';
import type { Person } from './people.ts';

/** What every event of one chat has. */
export interface Frame {
  inboxId: string;
  person: Person;
  /** Now, in ms: where the page tells no time. */
  now: number;
}

type Message = Extract<GivenEvent, { event: 'message' }>;
type OwnMessage = Extract<GivenEvent, { event: 'own-message' }>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The page counts in seconds; a time beyond reason (a wrong clock, milliseconds) gives way to ours. */
export function isoOf(seconds: number | null, now: number): string {
  const ms = (seconds ?? 0) * 1000;
  return iso(ms > 0 && ms < now + 86_400_000 ? ms : now);
}

const from = ({ inboxId, person }: Frame) => ({ ...person, inboxId, conversationKey: person.address });

const fileTypes = new Set(['image', 'video', 'ptv', 'audio', 'ptt', 'document', 'sticker']);

const filesOf = ({ type, key, filename, mimetype, size }: PageMessage): Message['attachments'] =>
  fileTypes.has(type)
    ? [
        {
          reference: key.serialized,
          name: filename.slice(0, 255),
          type: (mimetype.split(';')[0] ?? '').slice(0, 255),
          bytes: Number.isSafeInteger(size) ? Math.max(0, size ?? 0) : 0,
        },
      ]
    : [];

/** What messages of others and of ours have in common. */
const written = (message: PageMessage, { kind, text, location, cards }: Content, frame: Frame) => ({
  ...from(frame),
  externalId: message.key.id,
  sentAt: isoOf(message.t, frame.now),
  kind,
  text,
  attachments: filesOf(message),
  ...(message.quotedStanzaID ? { refersTo: message.quotedStanzaID.slice(0, 512) } : {}),
  ...(location ? { location } : {}),
  ...(cards ? { cards } : {}),
  raw: message.raw,
});

const said = { event: 'message', visibility: 'private', automated: 'none' } as const;

/** Somebody wrote. */
export function messageEvent(message: PageMessage, frame: Frame): Message {
  const content = contentOf(message);
  const { detail, fields, quickReplyId } = content;
  return {
    ...said,
    ...written(message, content, frame),
    ...(message.notifyName ? { displayName: message.notifyName.slice(0, 300) } : {}),
    ...(message.isForwarded ? { forwarded: true } : {}),
    ...(detail ? { detail } : {}),
    ...(fields ? { fields } : {}),
    ...(quickReplyId ? { quickReplyId } : {}),
  };
}

/** Somebody of ours wrote on the phone. */
export const ownEvent = (message: PageMessage, frame: Frame): OwnMessage => ({
  event: 'own-message',
  ...written(message, contentOf(message), frame),
});

type About = Pick<Message, 'externalId' | 'kind' | 'text' | 'refersTo' | 'sentAt' | 'raw'>;

/** What is said of an earlier message, by others or by us. */
function about(fromMe: boolean, facts: About, frame: Frame): Message | OwnMessage {
  const common = { ...from(frame), attachments: [], ...facts };
  return fromMe ? { event: 'own-message', ...common } : { ...said, ...common };
}

/** A message was changed; each change once. */
export function editEvent(message: PageMessage, text: string, frame: Frame): Message | OwnMessage {
  const at = message.latestEditSenderTimestampMs;
  const name = at ?? `${text.length}-${frame.now}`;
  const facts: About = {
    externalId: `${message.key.id}:edit:${name}`,
    kind: 'edit',
    text,
    refersTo: message.key.id,
    sentAt: isoOf(at === null ? null : at / 1000, frame.now),
    raw: message.raw,
  };
  return about(message.key.fromMe, facts, frame);
}

/** A message was deleted for everyone. */
export function deletionEvent(message: PageMessage, of: string, frame: Frame): Message | OwnMessage {
  const facts: About = {
    externalId: `${of}:deletion`,
    kind: 'deletion',
    text: '',
    refersTo: of,
    sentAt: iso(frame.now),
    raw: message.raw,
  };
  return about(message.key.fromMe, facts, frame);
}

export const reactionEvent = ({ on, sign, t, sender }: PageReaction, frame: Frame): Message => ({
  ...said,
  ...from(frame),
  externalId: `${on.id}:reaction:${t ?? 'unknown'}`,
  kind: 'reaction',
  text: sign,
  refersTo: on.id,
  sentAt: isoOf(t, frame.now),
  attachments: [],
  raw: { msgId: on.id, sender, reaction: sign, timestamp: t },
});

/** Somebody answered a poll: as a form with the poll's question. */
export const voteEvent = ({ on, poll, chosen, atMs, voter }: PageVote, frame: Frame): Message => ({
  ...said,
  ...from(frame),
  externalId: `${on.id}:vote:${atMs ?? frame.now}`,
  kind: 'form',
  detail: 'poll-vote',
  text: chosen.join('، '),
  refersTo: on.id,
  fields: chosen.slice(0, 200).map((value) => ({ name: poll.slice(0, 500), value: value.slice(0, 4000) })),
  sentAt: isoOf(atMs === null ? null : atMs / 1000, frame.now),
  attachments: [],
  raw: { parent: on.id, voter, chosen },
});

/** Somebody called; Wasl takes no calls. */
export const callEvent = (call: PageCall, frame: Frame): Message => ({
  ...said,
  ...from(frame),
  externalId: `call:${call.id}`.slice(0, 512),
  kind: 'notice',
  detail: 'missed-call',
  text: '',
  sentAt: isoOf(call.timestamp, frame.now),
  attachments: [],
  raw: call,
});

/** A message that cannot be read: it may still come readable, under its own id, so this one has another. */
export const unreadableEvent = (message: PageMessage, detail: string, frame: Frame): Message => ({
  ...messageEvent(message, frame),
  externalId: `${message.key.id}:${detail}`,
  kind: 'unsupported',
  detail,
  text: '',
  attachments: [],
});
