import type { ReadMail } from '../mail.ts';
import type { Judges } from './judges.ts';

/** What subject and words tell of each other: the topic, and what was written now. */
export type Gist = Pick<ReadMail, 'topic' | 'isReply' | 'isForward' | 'newText'>;

/** What the judge says; `otherwise` where it fails. */
export function settled<T>(judge: () => T, otherwise: T): T {
  try {
    return judge();
  } catch {
    return otherwise;
  }
}

type Told = Pick<ReadMail, 'subject' | 'references' | 'text' | 'html'>;

/** Reads subject and words together: whether a mail answers another tells where its new words end. */
export function gistOf({ subject, references, text, html }: Told, judges: Judges): Gist {
  const plain = { topic: subject.toLowerCase(), isReply: false, isForward: false };
  const read = settled(() => judges.readSubject(subject), plain);
  const isReply = read.isReply || references.length > 0;
  return { ...read, isReply, newText: settled(() => judges.newText({ text, html, isReply }), text) || text };
}

/** All that the writer put above and below what is quoted: many a robot says only in its signature that it is one. */
export function writtenNow({ text, html }: Pick<Told, 'text' | 'html'>, gist: Gist, judges: Judges): string {
  if (gist.newText === text) return text;
  const signature = settled(() => judges.signatureOf({ text, html, isReply: gist.isReply }), '');
  return signature === '' ? gist.newText : `${gist.newText}\n\n${signature}`;
}
