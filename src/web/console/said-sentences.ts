import { type ProviderKey, providerSentences } from './said-providers.ts';
import type { arSentences } from './texts/ar-sentences.ts';

export type SentenceKey = OwnKey | ProviderKey;
type OwnKey = keyof typeof arSentences;

/** Sentences that the server writes word for word, by the text that says them. */
const sentences: Readonly<Record<OwnKey, string | readonly string[]>> = {
  waScan: 'The account is not linked: scan the QR code with WhatsApp on the phone.',
  waEnterCode: 'The account is not linked: enter the pairing code in WhatsApp on the phone.',
  waLoggedOut: 'The account was unlinked on the phone: link it again.',
  waRefused: 'WhatsApp refused the stored session: link the account again.',
  waStarting: 'WhatsApp Web is being opened in the browser.',
  waLoading: 'The account is linked; its chats are being loaded.',
  waNoLibrary: 'The library for WhatsApp Web is not installed; run npm install.',
  waProfileInUse: 'Another process uses the browser profile of this account; end it.',
  waOpenFailed: 'WhatsApp Web could not be opened; it is tried again.',
  waOpenLate: 'WhatsApp Web did not open within two minutes; it is tried again.',
  waReadyLate: 'The account is linked, but its chats did not load within two minutes; it is tried again.',
  waQrIdle: 'WhatsApp gave no new QR code; the page is opened again.',
  waBrowserGone: 'The browser ended unexpectedly; it is started again.',
  waPageGone: [
    'The page of WhatsApp Web crashed; it is opened again.',
    'The page of WhatsApp Web was closed; it is opened again.',
    'The page of WhatsApp Web was replaced while in use; it is opened again.',
    'The page of WhatsApp Web does not answer; it is opened again.',
  ],
  waOffline: 'WhatsApp Web has no connection to WhatsApp at the moment; it goes on trying.',
  waConflict: 'The account is open in another WhatsApp Web; it is opened here again.',
  waBanned: 'WhatsApp has blocked this account or asks for its terms to be accepted; look at the phone.',
  waOutdated: 'WhatsApp Web refuses this version of its page; it is opened again.',
  waDisconnected: 'WhatsApp ended the connection; it is opened again.',
  waDailyRestart: 'The browser is started afresh, as every day.',
  waElsewhere:
    'The account is linked, but its session is not on this machine: let all machines share DATA_DIR, or link it here with WhatsApp on the phone.',
  inboxTakenOver: 'The process that ran this inbox has ended; another one takes it over.',
  inboxSilent: 'The process that runs this inbox gave no answer.',
  inboxOvertaken: 'Another process runs this inbox now: nothing is taken from this one any more.',
  metaToken: 'WhatsApp refused the access token.',
  metaPermission: 'The access token lacks a permission that WhatsApp asks for.',
  metaNoNumber: 'WhatsApp knows no such phone number id, or the token may not use it.',
  metaUnseen: 'The account could not be looked at.',
  metaBusy: 'WhatsApp takes no more messages from this number at the moment.',
  metaDown: ['WhatsApp is not available at the moment.', 'WhatsApp cannot be reached.'],
  metaOdd: ['Something went wrong at WhatsApp.', 'WhatsApp gave no id for the message.'],
  metaInvalid: 'WhatsApp does not accept the message in this form.',
  metaBlocked: 'WhatsApp has blocked the account for a breach of its policies.',
  metaCountry: 'WhatsApp does not let this account write to people of this country.',
  metaLocked: 'WhatsApp has locked the account.',
  metaName: 'The display name of the number has not been approved by WhatsApp yet.',
  metaPayment: 'The payment method of the WhatsApp account is missing or was refused.',
  metaUnregistered: ['The number is not registered properly at WhatsApp.', 'The number is not registered at WhatsApp.'],
  metaSelf: 'The number cannot write to itself.',
  metaNoPerson:
    'WhatsApp cannot reach this person: no WhatsApp under the number, too old a version of it, or the number is blocked there.',
  metaTestList: 'The number is not on the list of recipients of this test number.',
  metaExperiment: 'WhatsApp withheld the message: the number takes part in an experiment of WhatsApp.',
  metaReported: 'WhatsApp withheld the message: too many people blocked or reported this number.',
  metaTooMuch: 'WhatsApp withheld the message so that this person does not get too many advertisements.',
  metaNoAdvertising: 'The person does not want advertisements from this number.',
  metaKind: 'WhatsApp does not support this type of message.',
  metaFile: ['WhatsApp could not fetch the file.', 'WhatsApp did not accept the file.'],
  metaPair: 'Too many messages were sent to this person in a short time.',
  metaHidden: 'This template needs a phone number, which the person hides.',
  metaValues: ['The number of values does not fit the template.', 'A value does not fit the template.'],
  metaNoTemplate: 'WhatsApp has no approved template of this name in this language.',
  metaTemplateLong: 'The text of the template is too long with these values.',
  metaTemplatePolicy: 'The template breaks a policy of WhatsApp.',
  metaTemplatePaused: 'WhatsApp has paused the template because of its quality.',
  metaTemplateDisabled: 'WhatsApp has disabled the template because of its quality.',
  metaRefused: 'WhatsApp refused the message.',
  metaLost: [
    'WhatsApp gave no answer in time; the message may have been sent.',
    'WhatsApp gave no answer; the message may have been sent.',
  ],
  mediaGone: ['WhatsApp does not have the file any more.', 'The file is not there any more.'],
  mediaTooLarge: 'The file is larger than WhatsApp hands over (100 MB).',
  mediaHost: 'The address of the file leads to a host that is not allowed (MEDIA_HOSTS).',
  noTemplates: ['This channel has no templates: write free words.', 'This inbox has no templates.'],
  notSentYet: 'This message has not been sent yet: it cannot be quoted.',
  personOnly: 'Over this channel only the person can begin: write in a conversation that they have begun.',
  blockedPerson: 'This contact is blocked.',
  otherPerson: 'This address belongs to another contact: if both are one person, join them first.',
  joinSelf: 'A contact cannot be joined with itself.',
  joinKept: 'This contact was itself joined to another: join the other one to that.',
  joinOther: 'The other contact was joined to somebody before: take that back first.',
  partLater: 'This contact was itself joined to another since: take that back first.',
  mustBeMetaId: 'must be the digits that Meta shows as the id, not a telephone number',
  mustBeOneWord: 'must be one word without blanks',
  mustBeOneLine: 'must be one line',
  mustBeVersioned: 'must be an address with a version such as https://graph.facebook.com/v26.0',
  mustBeSafe:
    'must begin with https://, since the access token is sent there (http:// on this machine or in a private network only)',
  mustBePhone: 'must be a number with its country, such as +966501234567',
};

const keys = new Map(
  Object.entries({ ...sentences, ...providerSentences }).flatMap(([key, said]) =>
    [said].flat().map((one) => [one, key as SentenceKey] as const),
  ),
);

/** The text that says a sentence, or null where it is none of these. */
export const readSentence = (sentence: string): SentenceKey | null => keys.get(sentence) ?? null;
