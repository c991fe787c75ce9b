import { aroundNotice, changerOf } from './changes.ts';
import { type Content, contentOf } from './content.ts';
import { ownIdOf } from './given-id.ts';
import { digitsOf, type People, senderOf, type Who, whoBy } from './person.ts';
import { event, odd, type Piece, type Reading } from './piece.ts';
import { timeOf } from './time.ts';
import { readable, type WireMessage, type WireValue, wireCall, wireContact, wireMessage, wireSender } from './wire.ts';

const externalIdOf = (id: string, { kind, refersTo }: Content, at: string): string =>
  id === refersTo ? ownIdOf(id, { kind, at }) : id;

/** What inbound messages and our own ones from the telephone have in common. */
const shared = (message: WireMessage & { id: string }, who: Who, reading: Reading, beside: readonly unknown[]) => {
  const content = contentOf(message, beside);
  const sentAt = timeOf(message.timestamp, reading.at);
  const { address, identity, phone } = who;
  return {
    ...content,
    inboxId: reading.inboxId,
    externalId: externalIdOf(message.id, content, sentAt),
    address,
    ...(identity ? { identity } : {}),
    ...(phone ? { phone } : {}),
    conversationKey: address,
    sentAt,
  };
};

const hasId = (message: WireMessage): message is WireMessage & { id: string } =>
  message.id !== undefined && message.id !== '' && message.id.length <= 400;

/** Who stands beside the messages of a change: read once, since there may be thousands of both. */
const peopleOf = ({ messages, contacts }: WireValue): People => ({
  contacts: readable(wireContact, contacts),
  senders: new Set(readable(wireSender, messages).map(({ from, from_user_id }) => from_user_id ?? from)).size,
});

function inbound(given: unknown, value: WireValue, reading: Reading, people: People): Piece[] {
  const [message] = readable(wireMessage, [given]);
  if (!message) return [odd('unreadable')];
  if (message.group_id !== undefined) return [odd('group')];
  if (!hasId(message)) return [odd('no-id')];
  const who = changerOf(message) ?? senderOf(message, people);
  if (!who) return [odd('no-sender')];
  const raw = { message: given, ...(value.contacts ? { contacts: value.contacts } : {}) };
  const said = event({
    event: 'message',
    ...shared(message, who, reading, value.errors ?? []),
    ...(who.displayName ? { displayName: who.displayName } : {}),
    visibility: 'private',
    ...(message.context?.forwarded || message.context?.frequently_forwarded ? { forwarded: true } : {}),
    automated: 'none',
    raw,
  });
  return aroundNotice(message, said, reading);
}

/** What somebody of ours wrote on the telephone that has the same number. */
function echo(given: unknown, value: WireValue, reading: Reading): Piece[] {
  const [message] = readable(wireMessage, [given]);
  if (!message) return [odd('unreadable')];
  if (message.group_id !== undefined) return [odd('group')];
  if (!hasId(message)) return [odd('no-id')];
  const who = whoBy(message.to, message.to_user_id);
  if (!who) return [odd('no-sender')];
  const { fields: _, quickReplyId: __, detail: ___, ...told } = shared(message, who, reading, value.errors ?? []);
  return [event({ event: 'own-message', ...told, raw: { message: given } })];
}

const isOwnNumber = (number: string | undefined, { metadata }: WireValue): boolean => {
  const own = digitsOf(metadata?.display_phone_number);
  return own !== null && digitsOf(number) === own;
};

const isOurs = (given: unknown, value: WireValue): boolean =>
  isOwnNumber(readable(wireMessage, [given])[0]?.from, value);

/** Messages of people, and our own ones, which some ways of connecting mix with them. */
export const messagesOf = (value: WireValue, reading: Reading): Piece[] => {
  const people = peopleOf(value);
  return (value.messages ?? []).flatMap((one) =>
    isOurs(one, value) ? echo(one, value, reading) : inbound(one, value, reading, people),
  );
};

export const echoesOf = (value: WireValue, reading: Reading): Piece[] =>
  (value.message_echoes ?? []).flatMap((one) => echo(one, value, reading));

/** Calls, which nobody takes here: a note for the agents that somebody called. */
export const callsOf = (value: WireValue, reading: Reading): Piece[] =>
  (value.calls ?? []).flatMap((given): Piece[] => {
    const [call] = readable(wireCall, [given]);
    if (!call?.id) return [odd('no-id')];
    if (call.event !== 'terminate' || call.direction === 'BUSINESS_INITIATED') return [{ is: 'told', what: 'call' }];
    // who ends the call may stand as the one it is from
    const who = whoBy(isOwnNumber(call.from, value) ? call.to : call.from, call.from_user_id);
    if (!who) return [odd('no-sender')];
    const message = { ...wireMessage.parse({}), id: call.id, timestamp: call.timestamp };
    const notice = { ...shared(message, who, reading, []), kind: 'notice' as const, detail: 'missed-call' };
    return [event({ event: 'message', ...notice, visibility: 'private', automated: 'none', raw: { call: given } })];
  });
