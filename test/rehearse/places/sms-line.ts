import type { ReportStatus, SentSms } from '../../fakes/sms/model.ts';
import { countSegments } from '../../fakes/sms/segments.ts';

/** How far a text message has come; `refused`: Wasl did not take what the person wrote; `logged`: nobody got it. */
export type SmsProgress = 'waiting' | 'arrived' | 'refused' | 'logged' | ReportStatus;

/** A text message as a telephone shows it, and what it cost. */
export interface SmsLine {
  id: string;
  by: 'person' | 'service';
  at: number;
  text: string;
  /** The log does not tell the text. */
  isHidden?: boolean;
  progress: SmsProgress;
  segments: number;
  encoding: SentSms['encoding'];
  sender?: string;
  cost?: number;
  currency?: string;
  /** The provider's code, where it failed. */
  error?: string;
}

export const lineOfSms = (message: SentSms): SmsLine => ({
  id: message.id,
  by: 'service',
  at: message.at,
  text: message.text,
  progress: message.reports.at(-1) ?? 'queued',
  segments: message.segments,
  encoding: message.encoding,
  sender: message.sender,
  cost: message.cost,
  currency: message.currency,
  ...(message.error === null ? {} : { error: message.error }),
});

export function lineOfWords(id: string, text: string, at: number): SmsLine {
  const { segments, encoding } = countSegments(text);
  return { id, by: 'person', at, text, progress: 'waiting', segments, encoding };
}
