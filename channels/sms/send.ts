import type { Log } from '../../src/channel/channel.ts';
import type { Cost } from '../../src/channel/inbound.ts';
import type { OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { segments } from '../../src/channel/segments.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { capabilities } from './capabilities.ts';
import type { Notebook, Result } from './notebook.ts';
import { LostAnswer, type Provider, type Sms, type Taken } from './providers/provider.ts';
import { sayable } from './sayable.ts';
import type { SmsSettings } from './settings.ts';

/** A message as a text message; rejects what the medium cannot carry before anything is sent. */
export function smsOf(
  { id, address, text, attachments, quickReplies }: OutboundMessage,
  callbackUrl: string | null,
): Sms {
  if (attachments.length > 0) throw new SendError('unsupported', 'Text messages carry no files.');
  if (quickReplies.length > 0) throw new SendError('unsupported', 'Text messages have no buttons.');
  if (!/^[1-9]\d{6,14}$/.test(address))
    throw new SendError('message-invalid', 'The address is not a number with its country code.');
  const words = sayable(text);
  if (words === '') throw new SendError('message-invalid', 'The message is empty.');
  if (words.length > capabilities.text.maxLength)
    throw new SendError('message-invalid', 'The text is too long for one text message.');
  return { to: address, text: words, ref: id, callbackUrl };
}

const rounded = (amount: number): number => Math.round(amount * 1e5) / 1e5;

/** What a message cost: as the provider told, else by the price that is set. */
export function costOf(
  told: Cost | null,
  text: string,
  { price, currency }: Pick<SmsSettings, 'price' | 'currency'>,
): Cost {
  const units = told?.units || segments(text).parts;
  if (told && told.amount !== null) return { units, amount: told.amount, currency: told.currency ?? currency };
  return price === null ? { units, amount: null, currency: null } : { units, amount: rounded(price * units), currency };
}

/** Nothing tells whether it was taken: rather not at all than twice. */
const neverAgain = (title: string): SendError =>
  new SendError('rejected', `${title} gave no answer: the message may have been sent, and is not sent again.`);

export interface SenderOptions {
  provider: Provider;
  settings: SmsSettings;
  notebook: Notebook;
  log: Log;
  now(): number;
}

/** Sends a message; of one that was begun before it makes no second. */
export function createSender({ provider, settings, notebook, log, now }: SenderOptions) {
  const noted = async (sms: Sms, taken: Taken): Promise<SendResult> => {
    const result: Result = { ...taken, cost: costOf(taken.cost, sms.text, settings) };
    // it is sent: that this could not be noted is no reason to send it again
    await notebook.end(sms.ref, result).catch((error: unknown) => {
      log.error({ deliveryId: sms.ref, err: error }, 'the note of a text message could not be kept');
    });
    return result;
  };
  const first = async (sms: Sms, signal: AbortSignal): Promise<Taken> => {
    await notebook.begin(sms.ref).catch((cause: unknown) => {
      notebook.forget(sms.ref);
      throw new SendError('unreachable', 'The sending could not be noted beforehand.', { cause });
    });
    try {
      return await provider.send(sms, signal);
    } catch (error) {
      const isLost = error instanceof LostAnswer;
      if (!isLost || !provider.resend) notebook.forget(sms.ref);
      throw isLost && !provider.resend ? neverAgain(provider.title) : error;
    }
  };
  const again = (sms: Sms, since: number, signal: AbortSignal): Promise<Taken> => {
    if (!provider.resend) throw neverAgain(provider.title);
    log.info({ deliveryId: sms.ref, afterMs: now() - since }, 'a text message whose end is not known is tried again');
    return provider.resend(sms, since, signal);
  };
  return async (sms: Sms, signal: AbortSignal): Promise<SendResult> => {
    const before = notebook.earlier(sms.ref);
    if (before?.result) return before.result;
    return noted(sms, await (before ? again(sms, before.at, signal) : first(sms, signal)));
  };
}
