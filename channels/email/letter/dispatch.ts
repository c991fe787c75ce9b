import { addAbortSignal } from 'node:stream';
import type { SMTPPoolSentMessageInfo } from 'nodemailer/lib/smtp-pool';
import type { Log } from '../../../src/channel/channel.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import type { Language } from '../../../src/language/language.ts';
import type { EmailSettings } from '../settings.ts';
import { composeLetter } from './compose.ts';
import { type OpenFile, openEnclosures } from './enclosures.ts';
import type { Frame } from './frame.ts';
import { copiesOf, letterHead } from './headers.ts';
import { serverAnswer } from './send-failure.ts';
import type { Pool } from './transport.ts';

/** What every letter of an inbox is written and sent with. */
export interface Desk {
  settings: EmailSettings;
  log: Log;
  pool: Pool;
  openFile: OpenFile;
  frameOf(language: Language): Promise<Frame>;
  loopMark: string;
  replySecret: Buffer;
  /** Letters whose copies were taken while the person's own was put off: the next try is for the person alone. */
  copied: Set<string>;
}

const rememberedCopies = 1_000;
const addressShape = /^[^\s\p{C}<>(),;:"\\[\]@]+@[^\s\p{C}<>(),;:"\\[\]@]+$/u;

export const tooLate = (): SendError => new SendError('timed-out', 'The letter was not sent in time.');

async function compose(desk: Desk, message: OutboundMessage, signal: AbortSignal): Promise<Buffer> {
  if (!addressShape.test(message.address))
    throw new SendError('message-invalid', 'Mail cannot be sent to an address such as this.');
  const frame = await desk.frameOf(message.language);
  const head = letterHead(message, { ...desk, name: desk.settings.name ?? frame.unit });
  const enclosures = await openEnclosures(message, desk.openFile);
  for (const { content } of enclosures) addAbortSignal(signal, content);
  return composeLetter(message, head, frame, enclosures);
}

const recipientsOf = ({ settings, copied }: Desk, message: OutboundMessage): string[] =>
  copied.has(message.id) ? [message.address] : [message.address, ...copiesOf(settings, message)];

function rememberCopies({ copied }: Desk, id: string): void {
  copied.add(id);
  const [oldest] = copied;
  if (copied.size > rememberedCopies && oldest !== undefined) copied.delete(oldest);
}

/** The letter went to whoever was taken; it failed only where the person was not. */
function settle(
  desk: Desk,
  { id }: OutboundMessage,
  { rejectedErrors = [] }: SMTPPoolSentMessageInfo,
  to: string,
): void {
  const own = rejectedErrors.find((error) => error.recipient === to);
  if (own) {
    rememberCopies(desk, id);
    throw own;
  }
  desk.copied.delete(id);
  if (rejectedErrors.length > 0)
    desk.log.warn(
      { deliveryId: id, copies: rejectedErrors.length, answer: serverAnswer(rejectedErrors[0]) },
      'a copy was refused; the letter itself was sent',
    );
}

/**
 * Writes a letter and hands it to the mail server: the person's and the copies in one go. Gives the bytes that were sent.
 * Throws what nodemailer throws, or a `SendError` where the letter could not be written.
 */
export async function dispatch(desk: Desk, message: OutboundMessage, signal: AbortSignal): Promise<Buffer> {
  const raw = await compose(desk, message, signal);
  if (signal.aborted) throw tooLate();
  const info = await desk.pool.sendMail({
    raw,
    envelope: { from: desk.settings.address, to: recipientsOf(desk, message), size: raw.length },
    dsn: { id: message.id, return: 'headers', notify: ['failure', 'delay'] },
    signal,
  });
  settle(desk, message, info, info.envelope.to[0] ?? message.address);
  return raw;
}
