import type { MailFacts, OwnMailbox, Verdict } from '../mail.ts';

interface WrittenMail {
  text: string;
  html: string | null;
  isReply: boolean;
}

/** The pure rules that a mail is put before once it is read. */
export interface Judges {
  screen(facts: MailFacts, own: OwnMailbox): Verdict;
  newText(mail: WrittenMail): string;
  signatureOf(mail: WrittenMail): string;
  readSubject(subject: string): { topic: string; isReply: boolean; isForward: boolean };
}
