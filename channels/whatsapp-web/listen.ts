import type { GivenEvent } from '../../src/channel/inbound.ts';
import { type Account, versionOf } from './account.ts';
import type { WaClient } from './client.ts';
import { callEvent, type Frame, isoOf, reactionEvent, unreadableEvent, voteEvent } from './events.ts';
import { readCall, readMessage, readReaction, readVote, readWid } from './parse.ts';
import { isPrivate } from './people.ts';
import { chatOf, frameOf, readEdit, readEvent } from './read-event.ts';
import { statusOf } from './status.ts';

/** Takes something of a chat with one person, in its place among what happens there. */
function take(account: Account, client: WaClient, chat: string, make: (frame: Frame) => GivenEvent): void {
  if (!isPrivate(chat)) return;
  void account.intake.take(chat, async () => {
    const frame = await frameOf(account, client, chat);
    return frame && make(frame);
  });
}

function onMessage(account: Account, client: WaClient, given: unknown): void {
  const message = readMessage(given);
  if (!message) {
    account.count('unreadable');
    return;
  }
  const told = (): void => void account.told.set(versionOf(message), true);
  void account.intake.take(chatOf(message), () => readEvent(account, client, message), told);
}

/** Words that appear where there were none are no edit: a message was decrypted, or its file loaded. */
function onEdit(account: Account, client: WaClient, given: unknown, texts: { now: unknown; before: unknown }): void {
  const message = readMessage(given);
  const isEdit = typeof texts.before === 'string' && texts.before !== '' && texts.before !== texts.now;
  if (!message || typeof texts.now !== 'string') return;
  if (message.latestEditSenderTimestampMs === null && !message.latestEditMsgKey && !isEdit) return;
  const text = texts.now;
  void account.intake.take(chatOf(message), () => readEdit(account, client, { message, text }));
}

/** A message of which only a shell comes: to be seen once on a phone, or never sent to linked devices. */
function onCiphertext(account: Account, client: WaClient, given: unknown, isGivenUp: boolean): void {
  const message = readMessage(given);
  if (!message || message.key.fromMe) return;
  const isShell = message.subtype.endsWith('_unavailable_fanout');
  if (!isShell && !isGivenUp) return;
  const detail = message.subtype.startsWith('view_once') ? 'view-once' : 'undecryptable';
  take(account, client, chatOf(message), (frame) => unreadableEvent(message, detail, frame));
}

function onReaction(account: Account, client: WaClient, given: unknown): void {
  const reaction = readReaction(given);
  if (!reaction || reaction.own) return;
  const chat = reaction.on.remote || reaction.sender;
  take(account, client, chat, (frame) => reactionEvent(reaction, frame));
}

function onVote(account: Account, client: WaClient, given: unknown): void {
  const vote = readVote(given);
  if (vote) take(account, client, vote.on.remote || vote.voter, (frame) => voteEvent(vote, frame));
}

function onCall(account: Account, client: WaClient, given: unknown): void {
  const call = readCall(given);
  if (!call || call.fromMe || call.isGroup) return;
  take(account, client, call.from, (frame) => callEvent(call, frame));
}

const failure = { code: 'unexpected-response', reason: 'WhatsApp could not send the message.' } as const;

/** Marks on what we sent. They come in any order; the core lets them only climb. */
function onAck(account: Account, given: unknown, ack: unknown): void {
  const message = readMessage(given);
  const status = statusOf(ack);
  if (!message?.key.fromMe || !isPrivate(chatOf(message))) return;
  if (status === null) account.count('unknown-status');
  if (status === null || status === 'queued') return;
  void account.intake.take(chatOf(message), async () => {
    await account.sendings.idle();
    const deliveryId = account.sendings.deliveryOf(message.key.id);
    return {
      event: 'receipt',
      inboxId: account.inboxId,
      externalId: message.key.id,
      ...(deliveryId ? { deliveryId } : {}),
      status,
      at: isoOf(null, account.clock.now()),
      ...(status === 'failed' ? failure : {}),
    };
  });
}

/** Somebody moved to another number. */
function onNumberChange(account: Account, client: WaClient, given: { from: unknown; to: unknown }): void {
  const [from, to] = [readWid(given.from), readWid(given.to)];
  if (!isPrivate(from) || !isPrivate(to)) return;
  void account.intake.take(from, async () => {
    const [before, after] = [await account.people.of(client, from), await account.people.of(client, to)];
    return {
      event: 'address-change',
      inboxId: account.inboxId,
      from: before.address,
      to: after.address,
      ...(after.phone ? { phone: after.phone } : {}),
      at: isoOf(null, account.clock.now()),
    };
  });
}

/** Hears what a client tells of messages. Nothing here throws: the library would let it end the process. */
export function listen(account: Account, client: WaClient): void {
  client.on('message_create', (message) => onMessage(account, client, message));
  client.on('message_revoke_everyone', (message) => onMessage(account, client, message));
  client.on('message_edit', (message, now, before) => onEdit(account, client, message, { now, before }));
  client.on('message_ciphertext', (message) => onCiphertext(account, client, message, false));
  client.on('message_ciphertext_failed', (message) => onCiphertext(account, client, message, true));
  client.on('message_reaction', (reaction) => onReaction(account, client, reaction));
  client.on('vote_update', (vote) => onVote(account, client, vote));
  client.on('call', (call) => onCall(account, client, call));
  client.on('message_ack', (message, ack) => onAck(account, message, ack));
  client.on('contact_changed', (_message, from, to, isContact) => {
    if (isContact === true) onNumberChange(account, client, { from, to });
  });
}
