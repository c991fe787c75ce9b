import { useTranslation } from 'react-i18next';
import { isolate } from '../ui/isolate.ts';
import { providerForms } from './said-providers.ts';
import { readSentence, type SentenceKey } from './said-sentences.ts';
import type { arSaid } from './texts/ar-said.ts';

type SaidKey = keyof (typeof arSaid)['said'];

/** A sentence of the server as a text of the console; `detail` is what only this one says, `list` what there is instead. */
export interface Said {
  key: SaidKey;
  detail: string;
  list?: string;
}

/** How the server words what it writes for people, with the part that differs as a group. The first that fits counts. */
const forms: readonly (readonly [SaidKey, RegExp])[] = [
  ...providerForms,
  ['ownAddress', /^The mail comes from an address of our own\.$/],
  ['ownMark', /^The mail bears the mark that we put/],
  ['nullSender', /^The mail has no sender that could take an answer/],
  ['declared', /^The mail says of itself that it was sent automatically: (.*)$/],
  ['report', /^The mail is a report that a program made: (.*)$/],
  ['machineAddress', /^No person writes from such an address: (.*)$/],
  ['unread', /^Nobody reads the address that an answer would go to: (.*)$/],
  ['automaticSubject', /^The subject is one of automatic replies\.$/],
  ['automaticSubjectAndWords', /^Subject and words are those of an automatic reply\.$/],
  ['automaticHeadAndWords', /^Head and words are those of an automatic reply\.$/],
  ['absenceWords', /^The words are those of an out-of-office reply\.$/],
  ['receiptWords', /^The words are those of an acknowledgement of receipt\.$/],
  ['automaticWords', /^The words are those of an automatic reply\.$/],
  ['saysAutomatic', /^The words say that the mail was sent automatically\.$/],
  ['challenge', /^The mail asks the sender to prove to be a person\.$/],
  ['spam', /^A filter has marked the mail as spam: (.*)$/],
  ['campaign', /^The mail was sent to many by a program for that: (.*)$/],
  ['precedence', /^The mail says of itself that it went to many: (.*)$/],
  ['list', /^The mail came by a mailing list: (.*)$/],
  ['newsletter', /^The mail is worded as a newsletter\.$/],
  ['deliveryReport', /^The mail is a delivery report of a mail server\.$/],
  ['serverNotice', /^A mail server writes what became of a mail\.$/],
  ['failedRecipients', /^The mail names recipients that could not be reached/],
  ['unsignedNotice', /^A mail that takes no answer says what became of a mail\.$/],
  ['wordedBounce', /^The mail is worded as mail servers word a failed delivery\.$/],
  ['noSender', /^The mail does not say who sent it\.$/],
  ['refusesLogin', /^The mail server refuses the user or password/],
  ['refusesToken', /^The mail server refuses the access token/],
  ['letsNobodyIn', /^The mail server lets nobody in at the moment/],
  ['takesNoPassword', /^The mail server (\S+) takes no password here;/],
  ['takesNoToken', /^The mail server (\S+) takes no access token here;/],
  ['noEncryption', /^The mail server (\S+) offers no encryption/],
  ['noTls', /^The mail server (\S+) does not speak TLS at this port;/],
  ['refusesConnection', /^The mail server (\S+) refuses the connection;/],
  ['silent', /^The mail server (\S+) does not answer;/],
  ['unknownName', /^The name of the mail server (\S+) is not found;/],
  ['noWay', /^There is no way to the mail server (\S+);/],
  ['ended', /^The mail server (\S+) ended the connection/],
  ['certificate', /^The certificate of the mail server (\S+) is not trusted/],
  ['readingFailed', /^Reading from the mail server (\S+) failed/],
  ['noFolder', /^The mailbox has no folder "(.*?)"; there are: (.*)\.$/],
  ['tokenRefused', /^The token server refuses to give an access token/],
  ['tokenSilent', /^The token server (\S+) does not answer;/],
  ['tokenOut', /^The token server is out of order at the moment/],
  ['storingWaits', /^Mails wait in the mailbox:/],
  ['sendSlow', /^The mail server took too long;/],
  ['sendCertificate', /^The mail server's certificate is not trusted:/],
  ['sendNoEncryption', /^The mail server offers no encrypted connection/],
  ['sendLogin', /^The mail server refused the user or the password;/],
  ['sendTooLarge', /^The letter with its files is larger than/],
  ['sendNotOurs', /^The mail server does not let us send under our address;/],
  ['sendMailboxFull', /^The mailbox of the recipient is full\.$/],
  ['sendNotTaken', /^The mail server does not take mail for this address\.$/],
  ['sendRefused', /^The mail server refused the letter\.$/],
  ['sendBadAddress', /^Mail cannot be sent to an address such as this\.$/],
  ['sendLater', /^The mail server asks to try again later\.$/],
  ['sendUnknownName', /^The name of the mail server was not found\.$/],
  ['sendRefusesConnection', /^The mail server refused the connection:/],
  ['sendTaken', /^The mail server took the letter and gave no answer;/],
  ['sendSilent', /^The mail server gave no answer, or ended the connection\.$/],
  ['sendAway', /^The mail server is not available at the moment\.$/],
  ['sendUnknown', /^The letter could not be sent, for a reason that is not known;/],
  ['sendTooLate', /^The letter was not sent in time\.$/],
  ['nobodyToAnswer', /^The mail did not say who sent it, so that nobody can be answered\.$/],
  ['tooLong', /^The letter is too long for a mail\.$/],
  ['tooManyFiles', /^There are too many files for one mail\.$/],
  ['filesTooLarge', /^The files are too large for one mail:/],
  ['fileGone', /^The file "(.*)" is no longer there, so the letter was not sent\.$/],
  ['fileUnread', /^The file "(.*)" could not be read\.$/],
  ['inboxStopped', /^The inbox is (?:stopped|being closed)\.$/],
  ['noKind', /^There is no channel of the kind "(.*)" any more\.$/],
  ['settingsOld', /^Its settings do not hold any more: (.*)$/],
  ['couldNotStart', /^It could not start; the log says why\.$/],
  ['otherKey', /^Its settings cannot be read: they were stored under another encryption key\./],
  ['mustHoldUser', /^must hold the user \(/],
  ['mustHoldPassword', /^must hold the password, or the OAUTH/],
  ['mustBeServer', /^must be an address such as \w+:\/\//],
  ['eachAddress', /^each must be an email address/],
  ['mustBeAddress', /^must be an email address/],
  ['mustBeNumber', /^must be a whole number from (.*)$/],
  ['mustBeWeb', /^must be an address that begins with https/],
  ['mustNameFolder', /^must name at least one folder$/],
  ['mustNotBeRead', /^must not be one of the folders that are read$/],
  ['neededForTokens', /^is needed where access tokens are used$/],
  ['waNoBrowser', /^No browser can be started on this machine; set CHROMIUM_PATH to one:\s*(.*)$/s],
  ['fileTooLarge', /^The file is larger than (\d+) MB[.;]/],
  ['notStored', /^It could not be stored\.$/],
  ['fileLate', /^It could not be fetched for three days: /],
  ['missing', /^is missing$/],
];

/** The text that says what the server said, or null where its sentence is not known: it then stands as it was written. */
export function readSaid(sentence: string): Said | null {
  const whole = readSentence(sentence);
  if (whole) return { key: whole, detail: '' };
  for (const [key, form] of forms) {
    const found = form.exec(sentence);
    if (found) return { key, detail: found[1] ?? '', ...(found[2] === undefined ? {} : { list: found[2] }) };
  }
  return null;
}

/** What no other try mends: somebody has to change the inbox or its server first. */
const lasting: ReadonlySet<SaidKey> = new Set([
  'noFolder',
  'certificate',
  'noEncryption',
  'noTls',
  'sendCertificate',
  'sendNoEncryption',
  'sendNotOurs',
  'waNoBrowser',
  'waNoLibrary',
  'waProfileInUse',
  'waBanned',
  'metaBlocked',
  'metaCountry',
  'metaLocked',
  'metaName',
  'metaPayment',
  'metaUnregistered',
  'xKeys',
  'xRights',
  'xTakenBack',
  'xLocked',
  'xPlan',
  'xCredits',
  'xCapped',
  'smsKeys',
  'smsSender',
  'smsBalanceOut',
  'smsSuspended',
  'smsNoApi',
]);

/** What stands in the way of sending alone: messages go on coming in. */
const sending: ReadonlySet<SaidKey> = new Set<SentenceKey>([
  'metaBusy',
  'metaBlocked',
  'metaCountry',
  'metaLocked',
  'metaName',
  'metaPayment',
]);

/** What the reason of an inbox means for it: whether trying again can help, and whether it is the sending alone. */
export function weighReason(reason: string): { lasts: boolean; sends: boolean } {
  const key = readSaid(reason)?.key;
  return {
    lasts: key !== undefined && lasting.has(key),
    sends: key !== undefined && (key.startsWith('send') || sending.has(key)),
  };
}

/**
 * Several sentences in a row, each as a text of the console as far as it is known; the longest stretch that is one counts.
 * What is not known stands as it was written.
 */
export function readAllSaid(sentences: string): (Said | string)[] {
  const pieces = sentences.split(/(?<=\.) (?=[A-Z\d])/);
  const found: (Said | string)[] = [];
  for (let from = 0, to: number; from < pieces.length; from = to) {
    for (to = pieces.length; to > from + 1 && !readSaid(pieces.slice(from, to).join(' ')); ) to -= 1;
    const stretch = pieces.slice(from, to).join(' ');
    found.push(readSaid(stretch) ?? stretch);
  }
  return found;
}

/** A list of names in quotes in the way of the page, each kept in its own order; else the words as they are. */
const sayList = (list: string, language: string): string => {
  const names = [...list.matchAll(/"(.*?)"(?=, "|$)/g)].map(([, name]) => isolate(name ?? ''));
  return names.length > 0 ? names.join(language === 'ar' ? '، ' : ', ') : isolate(list);
};

/** Says what the server wrote in the language of the page, as far as it is known. */
export function useSaid(): (sentences: string) => string {
  const { t, i18n } = useTranslation();
  const sayOne = ({ key, detail, list = '' }: Said): string => {
    const isKnown = readSaid(detail) !== null || readAllSaid(detail).some((one) => typeof one !== 'string');
    return t(`said.${key}`, {
      detail: isKnown ? say(detail) : isolate(detail),
      list: sayList(list, i18n.language),
    });
  };
  const say = (sentences: string): string =>
    readAllSaid(sentences)
      .map((one) => (typeof one === 'string' ? one : sayOne(one)))
      .join(' ');
  return say;
}
