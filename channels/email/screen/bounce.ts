import type { MailFacts } from '../mail.ts';
import { delayPhrases, failureOpeners, failurePhrases, successPhrases, tellings } from './bounce-phrases.ts';
import {
  isDeliveryStatus,
  isPassedOn,
  isReturnedHead,
  ownParts,
  ownWords,
  prose,
  quotesHead,
  reportType,
  says,
  topType,
} from './facts.ts';
import { bounceSubjects, commonSubjects } from './phrases.ts';
import { codeIn, namesFailed } from './reports.ts';
import { hasServerName, senderSort } from './sender.ts';
import { firstOf, holds, openerOf, wordsOf } from './words.ts';

/** What speaks for a mail server as the sender. */
const isFromServer = (facts: MailFacts): boolean =>
  facts.from === null
    ? facts.returnPath === ''
    : senderSort(facts.from) === 'server' || (hasServerName(facts.from) && !isPassedOn(facts));

const subjectOf = (facts: MailFacts): string =>
  wordsOf(facts.subject.slice(0, 300)).replace(/^ (?:auto|automatic reply|spam|external|ext) /, ' ');

const hasBounceSubject = (facts: MailFacts): boolean => openerOf(subjectOf(facts), bounceSubjects) !== null;

const hasSureSubject = (facts: MailFacts): boolean => {
  const words = subjectOf(facts);
  const common = openerOf(words, commonSubjects);
  const sure = openerOf(
    words,
    bounceSubjects.filter((one) => !commonSubjects.includes(one)),
  );
  return sure !== null && (common === null || sure.length >= common.length);
};

/** Whether the words begin as only a mail server's do, with nobody telling of it in front. */
function opensAsNotice(facts: MailFacts): boolean {
  const words = wordsOf(ownWords(facts).slice(0, 1500)).slice(0, 700);
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
const isBrokenReport = (facts: MailFacts): boolean =>
  !isPassedOn(facts) &&
  (hasStatus(facts) || (topType(facts) === 'multipart/report' && reportType(facts) === '')) &&
  (isFromServer(facts) || facts.returnPath === '' || says(facts, 'auto-submitted') || hasBounceSubject(facts));

/** Why a mail is a report of what became of another mail; null where it is none. */
export function bounceReason(facts: MailFacts): string | null {
  if (isReport(facts) || isBrokenReport(facts)) return 'The mail is a delivery report of a mail server.';
  if (isPassedOn(facts) && !isFromServer(facts)) return null;
  if (namesFailed(facts)) return 'The mail names recipients that could not be reached (X-Failed-Recipients).';
  if (isFromServer(facts))
    return hasBounceSubject(facts) || saysFailure(facts) || carriesReturned(facts)
      ? 'A mail server writes that a mail could not be delivered.'
      : null;
  const unsaid =
    facts.returnPath === '' ||
    says(facts, 'auto-submitted') ||
    (facts.from !== null && senderSort(facts.from) === 'machine');
  if (unsaid && (hasBounceSubject(facts) || opensAsNotice(facts)) && saysFailure(facts))
    return 'A mail without a sender of its own says that a mail could not be delivered.';
  const telling =
    opensAsNotice(facts) && (codeIn(prose(facts)) !== null || carriesReturned(facts) || prose(facts).includes('@'));
  return telling && hasSureSubject(facts) ? 'The mail is worded as mail servers word a failed delivery.' : null;
}
