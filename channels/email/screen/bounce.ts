import type { MailFacts } from '../mail.ts';
import { delayPhrases, failureOpeners, failurePhrases, successPhrases, tellings } from './bounce-phrases.ts';
import {
  headerValue,
  isDeliveryStatus,
  isPassedOn,
  isReturnedHead,
  ownParts,
  prose,
  quotesHead,
  reportType,
  says,
  topType,
  unquotedWords,
} from './facts.ts';
import { bounceSubjects, commonSubjects } from './phrases.ts';
import { codeIn, namesFailed } from './reports.ts';
import { hasServerName, senderSort } from './sender.ts';
import { firstOf, holds, openerOf, wordsOf } from './words.ts';

const server = { address: 'mailer-daemon', name: '' };

/** Whether the envelope has no sender: some gateways write the mail server in its place. */
const isSenderless = (facts: MailFacts): boolean =>
  facts.returnPath !== null &&
  (facts.returnPath === '' || senderSort({ ...server, address: facts.returnPath }) === 'server');

/** Whether a mail server writes: by its address, or where it gives none, by what stands in its place. */
function isFromServer(facts: MailFacts): boolean {
  if (facts.from) return senderSort(facts.from) === 'server';
  const written = headerValue(facts, 'from');
  return isSenderless(facts) || written.includes('<>') || hasServerName({ ...server, name: written });
}

const subjectOf = (facts: MailFacts): string =>
  wordsOf(facts.subject.slice(0, 300)).replace(/^ (?:auto|automatic reply|spam|external|ext) /, ' ');

const hasBounceSubject = (facts: MailFacts): boolean => openerOf(subjectOf(facts), bounceSubjects) !== null;

/** Whether the subject begins as bounces do and people do not. */
const hasSureSubject = (facts: MailFacts): boolean => {
  const words = subjectOf(facts);
  const longest = openerOf(words, bounceSubjects) ?? '';
  return longest.length > (openerOf(words, commonSubjects) ?? '').length;
};

/** Whether the words begin as only a mail server's do, with nobody telling of it in front. */
function opensAsNotice(facts: MailFacts): boolean {
  const words = wordsOf(unquotedWords(facts).slice(0, 1500)).slice(0, 700);
  const at = firstOf(words, failureOpeners);
  if (at < 0 || at > 220) return false;
  return (
    !holds(words.slice(0, at + 1), tellings) &&
    (holds(words, failurePhrases) || holds(words, delayPhrases) || holds(words, successPhrases))
  );
}

const saysFailure = (facts: MailFacts): boolean => {
  const words = wordsOf(prose(facts).slice(0, 6000));
  return (
    holds(words, failurePhrases) ||
    holds(words, delayPhrases) ||
    holds(words, successPhrases) ||
    codeIn(prose(facts)) !== null
  );
};

const carriesReturned = (facts: MailFacts): boolean =>
  ownParts(facts.parts).some((part) => part.depth > 0 && isReturnedHead(part)) || quotesHead(facts);

const hasStatus = (facts: MailFacts): boolean => ownParts(facts.parts).some(isDeliveryStatus);

const isReport = (facts: MailFacts): boolean =>
  reportType(facts) === 'delivery-status' || (topType(facts) === 'multipart/report' && hasStatus(facts));

/** A report without its machine-readable part, or with one that a gateway has put into another mail. */
const isBrokenReport = (facts: MailFacts): boolean => {
  const broken = hasStatus(facts) || (topType(facts) === 'multipart/report' && reportType(facts) === '');
  if (!broken || isPassedOn(facts)) return false;
  return isFromServer(facts) || isSenderless(facts) || says(facts, 'auto-submitted') || hasBounceSubject(facts);
};

/** What a mail server writes without a report that can be read. */
const isServerNotice = (facts: MailFacts): boolean =>
  hasBounceSubject(facts) || saysFailure(facts) || carriesReturned(facts);

/** What comes under a mail server's name or without a sender, and so needs more than one word to be a notice. */
function isUnsignedNotice(facts: MailFacts): boolean {
  const unsigned = isSenderless(facts) || says(facts, 'auto-submitted') || hasServerName(facts.from);
  if (unsigned) return (hasBounceSubject(facts) || opensAsNotice(facts)) && saysFailure(facts);
  const machine = facts.from !== null && senderSort(facts.from) === 'machine';
  return machine && saysFailure(facts) && (hasSureSubject(facts) || carriesReturned(facts));
}

/** What a server writes under a name as people have, told by its wording alone: subject, opening and details together. */
const isWordedNotice = (facts: MailFacts): boolean =>
  hasSureSubject(facts) &&
  opensAsNotice(facts) &&
  (codeIn(prose(facts)) !== null || carriesReturned(facts) || prose(facts).includes('@'));

/** Why a mail is a report of what became of another mail; null where it is none. */
export function bounceReason(facts: MailFacts): string | null {
  if (isReport(facts) || isBrokenReport(facts)) return 'The mail is a delivery report of a mail server.';
  if (isFromServer(facts)) return isServerNotice(facts) ? 'A mail server writes what became of a mail.' : null;
  if (isPassedOn(facts)) return null;
  if (namesFailed(facts)) return 'The mail names recipients that could not be reached (X-Failed-Recipients).';
  if (isUnsignedNotice(facts)) return 'A mail that takes no answer says what became of a mail.';
  return isWordedNotice(facts) ? 'The mail is worded as mail servers word a failed delivery.' : null;
}
