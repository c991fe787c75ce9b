import { z } from 'zod';
import { pieceOfDm } from './dm.ts';
import { readLegacyDm, typeOfLegacyDm } from './dm-legacy.ts';
import { timeOf } from './ids.ts';
import { anything, id, list, part } from './lenient.ts';
import { odd, type Piece, type Reading, told } from './piece.ts';
import { peopleOf } from './post-wire.ts';

const wireRead = z.object({ sender_id: id, last_read_event_id: id, created_timestamp: anything });
const wireTyping = z.object({ sender_id: id, target: part({ recipient_id: id }) });

/** What both webhooks hold of private messages, under the same names. */
const wirePrivate = z.object({
  direct_message_events: list,
  direct_message_mark_read_events: list,
  direct_message_indicate_typing_events: list,
  users: anything,
});

/** That somebody has read up to a message of ours. */
export function pieceOfRead(given: unknown, { inboxId, self, at }: Reading): Piece {
  const { data: read } = wireRead.safeParse(given);
  if (!read?.last_read_event_id) return odd('no-id');
  if (read.sender_id === self.id) return told('own-read');
  const { last_read_event_id: externalId, sender_id: address } = read;
  const when = timeOf(read.created_timestamp, null, at);
  const whose = address ? { address } : {};
  return {
    is: 'event',
    id: `read:${externalId}`,
    event: { event: 'receipt', inboxId, externalId, status: 'read', at: when, ...whose },
  };
}

/** That somebody is writing. */
export function pieceOfTyping(given: unknown, { self }: Reading): Piece {
  const sender = wireTyping.safeParse(given).data?.sender_id;
  if (!sender) return odd('no-author');
  return sender === self.id ? told('own-read') : { is: 'typing', address: sender };
}

/** Messages, read receipts and typing of a body; none where it holds none. */
export function privatePieces(body: unknown, reading: Reading): Piece[] {
  const { data: found } = wirePrivate.safeParse(body);
  if (!found) return [];
  const people = peopleOf(found.users);
  const dms = found.direct_message_events.map((given) => {
    const type = typeOfLegacyDm(given);
    if (type !== null && type !== 'message_create') return odd('unknown-dm-event');
    return pieceOfDm(readLegacyDm(given, people, reading.at), reading);
  });
  return [
    ...dms,
    ...found.direct_message_mark_read_events.map((given) => pieceOfRead(given, reading)),
    ...found.direct_message_indicate_typing_events.map((given) => pieceOfTyping(given, reading)),
  ];
}
