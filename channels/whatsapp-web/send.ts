import { buffer } from 'node:stream/consumers';
import type { OutboundAttachment, OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { Late, within } from '../../src/channel/wait.ts';
import type { Account } from './account.ts';
import { capabilities } from './capabilities.ts';
import type { WaClient, WaLibrary, WaSendOptions } from './client.ts';
import { readMessage, readWid } from './parse.ts';
import { isPrivate } from './people.ts';
import { isPageGone } from './reasons.ts';
import { digestOf, type Part, type Sending } from './sendings.ts';

/** Less than the core waits, so that it hears why. */
const sendMs = 25_000;
const askMs = 15_000;
const captionLength = 1_024;

/** What is sent with: the client of now, and what to do when it turns out to be gone. */
export interface SendDeps {
  account: Account;
  client: WaClient;
  library: WaLibrary;
  failed(error: unknown): void;
}

const captioned = /^(image|video|application|text)\//;
const shown = /^(image\/(jpeg|png|webp)|video\/mp4|audio\/)/;

interface Piece {
  text: string;
  file: OutboundAttachment | null;
}

/** WhatsApp has one file to a message: the words go with the first where they can, else before it. */
export function piecesOf({ text, attachments }: Pick<OutboundMessage, 'text' | 'attachments'>): Piece[] {
  const [first, ...more] = attachments;
  const rest = more.map((file) => ({ text: '', file }));
  if (!first) return [{ text, file: null }];
  const carries = text.length <= captionLength && captioned.test(first.type);
  if (text === '' || carries) return [{ text, file: first }, ...rest];
  return [{ text, file: null }, { text: '', file: first }, ...rest];
}

/** What can never be sent is refused before anything is. */
export function checkSendable(message: OutboundMessage, inboxId: string): void {
  const files = capabilities.attachments;
  if (message.inboxId !== inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
  if (!isPrivate(message.address))
    throw new SendError('message-invalid', 'This is not an address of a person on WhatsApp.');
  if (message.template) throw new SendError('unsupported', 'WhatsApp Web has no approved templates.');
  if (message.text.length > capabilities.text.maxLength)
    throw new SendError('message-invalid', 'The message is too long for WhatsApp.');
  if (message.text === '' && message.attachments.length === 0)
    throw new SendError('message-invalid', 'The message is empty.');
  if (!files || message.attachments.length > files.maxCount)
    throw new SendError('unsupported', 'There are too many files for one message.');
  if (message.attachments.some(({ bytes }) => bytes > files.maxBytes))
    throw new SendError('unsupported', 'A file is larger than 16 MB.');
}

/** What a failed call means for the delivery. */
function sendErrorOf({ failed }: SendDeps, error: unknown): SendError {
  if (error instanceof SendError) return error;
  failed(error);
  if (error instanceof Late) return new SendError('timed-out', 'WhatsApp Web gave no answer in time.');
  if (isPageGone(error)) return new SendError('unreachable', 'WhatsApp Web is being opened again.');
  return new SendError('unexpected-response', 'WhatsApp Web failed while it was sending.');
}

/** The chat of an address: the one they wrote in, else what WhatsApp says to the number. */
async function chatFor({ account, client }: SendDeps, address: string): Promise<string> {
  const known = account.people.chatOf(address);
  if (known || address.endsWith('@lid')) return known ?? address;
  const digits = address.slice(0, address.indexOf('@'));
  const chat = readWid(await within(account.clock, askMs, client.getNumberId(digits)));
  if (!chat) throw new SendError('rejected', 'This number is not on WhatsApp.');
  account.people.note(address, chat);
  return chat;
}

async function mediaOf({ account, library }: SendDeps, address: string, { id, name, type }: OutboundAttachment) {
  const file = await account.sink.openAttachment({ inboxId: account.inboxId, address, id });
  if (!file) throw new SendError('message-invalid', `The file "${name}" is no longer there, so it was not sent.`);
  const content = await buffer(file.stream);
  return library.createMedia({ type, base64: content.toString('base64'), name, bytes: content.length });
}

/** A message of ours that is in the chat already, though nobody told us. */
async function lookFor({ account, client }: SendDeps, chat: string, address: string): Promise<void> {
  const found = await within(account.clock, askMs, client.getChatById(chat));
  const given = found ? await within(account.clock, askMs, found.fetchMessages({ limit: 20, fromMe: true })) : [];
  const messages = given.flatMap((one) => readMessage(one) ?? []).sort((a, b) => (a.t ?? 0) - (b.t ?? 0));
  for (const message of messages) if (message.key.fromMe) account.sendings.ownerOf(message, address);
}

interface Job {
  address: string;
  chat: string;
  sending: Sending;
  part: Part;
  piece: Piece;
  quotes: string | null;
}

const optionsOf = ({ piece, quotes }: Job): WaSendOptions => ({
  linkPreview: false,
  parseVCards: false,
  sendSeen: false,
  ...(piece.file && piece.text ? { caption: piece.text } : {}),
  ...(quotes ? { quotedMessageId: quotes } : {}),
  ...(piece.file && !shown.test(piece.file.type) ? { sendMediaAsDocument: true } : {}),
});

/** One call. The library may send and say nothing: then the chat itself is asked (channel-facts 1.6). */
async function sendPart(deps: SendDeps, job: Job): Promise<void> {
  const { account, client } = deps;
  const { address, chat, sending, part, piece } = job;
  const content = piece.file ? await mediaOf(deps, address, piece.file) : piece.text;
  const said = readMessage(await within(account.clock, sendMs, client.sendMessage(chat, content, optionsOf(job))));
  if (said) account.sendings.became(sending, part, said.key.id);
  else await lookFor(deps, chat, address);
  if (part.externalId === null)
    throw new SendError('unexpected-response', 'WhatsApp Web did not say whether the message was sent.');
}

const quotedIn = ({ account }: SendDeps, chat: string, quotes: string | undefined): string | null =>
  quotes ? (account.names.get(quotes) ?? `false_${chat}_${quotes}`) : null;

function checkTime(signal: AbortSignal): void {
  if (signal.aborted) throw new SendError('timed-out', 'There was no time left to send the message.');
}

async function sendAll(deps: SendDeps, message: OutboundMessage, signal: AbortSignal): Promise<SendResult> {
  const { account, client } = deps;
  checkTime(signal);
  const pieces = piecesOf(message);
  const { id, address } = message;
  const digests = pieces.map(({ text, file }) => digestOf(address, { text, isFile: file !== null }));
  const chat = await chatFor(deps, address);
  const { sending, isRepeated } = await account.sendings.begin(id, digests);
  if (isRepeated) await lookFor(deps, chat, address);
  for (const [at, part] of sending.parts.entries()) {
    const piece = pieces[at];
    if (!piece || part.externalId !== null) continue;
    checkTime(signal);
    const quotes = at === 0 ? quotedIn(deps, chat, message.quotes) : null;
    await sendPart(deps, { address, chat, sending, part, piece, quotes });
  }
  // marking as read has broken sending before, so it stands apart and may fail
  void client.sendSeen(chat).catch(() => undefined);
  return { externalId: sending.parts[0]?.externalId ?? '', status: 'accepted' };
}

/** Sends one message, each file of it by itself; gives the id of the first part, or rejects with a `SendError`. */
export function send(deps: SendDeps, message: OutboundMessage, signal: AbortSignal): Promise<SendResult> {
  return deps.account.sendings.during(() =>
    sendAll(deps, message, signal).catch((error: unknown) => {
      throw sendErrorOf(deps, error);
    }),
  );
}
