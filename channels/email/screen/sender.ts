import type { MailAddress, MailFacts, OwnMailbox } from '../mail.ts';
import { wordsOf } from './words.ts';

/** What the part before the @ says of who writes. `server`: a mail server's own voice. `machine`: nobody reads there. `office`: may be either. */
export type SenderSort = 'server' | 'machine' | 'newsletter' | 'office' | 'person';

const localOf = (address: string): string => address.slice(0, 320).toLowerCase().split('@')[0] ?? '';
const domainOf = (address: string): string => address.slice(-255).toLowerCase().split('@').at(-1) ?? '';

const serverLocals = new Set([
  ...[
    'mailerdaemon',
    'maildaemon',
    'mdaemon',
    'postmaster',
    'mailadmin',
    'mailadministrator',
    'maildelivery',
    'maildeliverysystem',
    'maildeliverysubsystem',
    'mailsystem',
    'mailerror',
    'mailrouter',
    'qmailsend',
    'smtpd',
    'mta',
    'uucp',
    'mailmarshal',
    'maildrop',
    'deliverystatus',
    'nondelivery',
    'undeliverable',
    'amavis',
    'amavisd',
    'mimedefang',
    'internetmaildelivery',
    'systemadministrator',
  ],
]);

const machineLocals = new Set([
  ...[
    'autoreply',
    'autoresponder',
    'autoresponse',
    'autoresponders',
    'autorespond',
    'autoanswer',
    'automailer',
    'automail',
    'automated',
    'autosender',
    'autoconfirm',
    'notification',
    'notifications',
    'notify',
    'notifier',
    'alert',
    'alerts',
    'bounce',
    'bounces',
    'mailbot',
    'daemon',
    'cron',
    'root',
    'nobody',
    'devnull',
    'listserv',
    'listmaster',
    'majordomo',
    'mailman',
    'listproc',
    'mailinglist',
    'verp',
    'wwwdata',
    'mailsender',
    'unattended',
    'unmonitored',
  ],
]);

const newsletterLocals = new Set([
  'newsletter',
  'newsletters',
  'news',
  'marketing',
  'promo',
  'promos',
  'promotions',
  'promotion',
  'offers',
  'offer',
  'campaign',
  'campaigns',
  'deals',
  'updates',
  'update',
  'digest',
  'emailing',
  'mailing',
  'mailings',
  'announce',
  'announcements',
  'enews',
  'noticias',
  'boletin',
]);

const officeLocals = new Set([
  'info',
  'support',
  'help',
  'helpdesk',
  'service',
  'services',
  'servicedesk',
  'contact',
  'care',
  'customercare',
  'customerservice',
  'office',
  'admin',
  'administrator',
  'webmaster',
  'sales',
  'team',
  'system',
  'server',
  'mailer',
  'mail',
  'email',
  'web',
  'website',
  'www',
  'hello',
  'feedback',
  'tickets',
  'ticket',
  'bot',
  'auto',
  'crm',
  'erp',
  'hr',
  'billing',
  'accounts',
  'account',
  'security',
  'confirmation',
  'confirm',
  'reply',
  'replies',
]);

/** Words that tell that an address takes no answer, in the languages in which such addresses are made. */
const refusing = [
  'noreply',
  'donotreply',
  'dontreply',
  'doesnotreply',
  'notreply',
  'neverreply',
  'noresponse',
  'noresponder',
  'noresponda',
  'naoresponda',
  'naoresponder',
  'nepasrepondre',
  'pasdereponse',
  'keineantwort',
  'nichtantworten',
  'norespond',
  'donotrespond',
  'nonrispondere',
  'nonreply',
  'noanswer',
  'nicevapla',
  'cevaplamayin',
  'yanitlamayin',
];

function isRefusing(local: string): boolean {
  const words = local.split(/[^\p{L}]+/u).filter(Boolean);
  const joined = words.map((_, at) => words.slice(at, at + 4));
  const standsAlone = joined.some((row) => row.some((_, last) => refusing.includes(row.slice(0, last + 1).join(''))));
  return standsAlone || words.some((word) => /^(?:noreply|donotreply)|(?<!i)noreply$|donotreply$/.test(word));
}

/** Addresses that carry another address or a number for the mail server's own book-keeping. */
const isEnvelopeOnly = (local: string): boolean =>
  /^bounces?[+_=-].{0,250}[\d=]/.test(local) ||
  /^(?:prvs|btv1|srs[01])=/.test(local) ||
  /^owner-.|.-(?:bounces|errors)$/.test(local) ||
  /^msprvs\d/.test(local);

/** Sorts an address by its part before the @. Names beside it are what people like them to be and are not asked. */
export function senderSort(from: MailAddress): SenderSort {
  const local = localOf(from.address);
  const bare = local.split('+')[0] ?? '';
  const joined = bare.replace(/[^\p{L}]/gu, '');
  const letters = joined.length > 5 ? joined : bare;
  if (serverLocals.has(letters) || letters.startsWith('microsoftexchange') || letters.startsWith('mailerdaemon'))
    return 'server';
  if (isRefusing(bare) || isEnvelopeOnly(local) || machineLocals.has(letters)) return 'machine';
  const words = bare.split(/[^\p{L}]+/u);
  if (
    words.some((word) => ['autoreply', 'autoresponder', 'notification', 'notifications', 'mailerdaemon'].includes(word))
  )
    return 'machine';
  if (newsletterLocals.has(letters) || words.includes('newsletter')) return 'newsletter';
  return officeLocals.has(letters) || words.some((word) => ['auto', 'system', 'bot'].includes(word))
    ? 'office'
    : 'person';
}

const serverNames = [
  ' mail delivery ',
  ' mailer daemon ',
  ' mail administrator ',
  ' system administrator ',
  ' mail system ',
  ' postmaster ',
  ' delivery subsystem ',
  ' microsoft outlook ',
  ' microsoft exchange ',
  ' mail daemon ',
  ' maildelivery ',
  ' inter mail ',
  ' email delivery ',
];

/** Whether the name beside the address is one under which mail servers write. Proves nothing by itself. */
export const hasServerName = (from: MailAddress | null): boolean => {
  const words = wordsOf((from?.name ?? '').slice(0, 200));
  return serverNames.some((name) => words.includes(name));
};

/** Whether a mail is from ourselves, also under a reply address with a token (`care+token@…`). */
export function isOwn(from: MailAddress, own: OwnMailbox): boolean {
  const address = from.address.toLowerCase();
  const plain = `${localOf(address).split('+')[0]}@${domainOf(address)}`;
  return own.addresses.includes(address) || own.addresses.includes(plain);
}

const baseOf = (domain: string): string => {
  const names = domain.split('.');
  const short = (names.at(-2) ?? '').length <= 3;
  return names.slice(short ? -3 : -2).join('.');
};

/** Whether the mail came by a form or service that names the person who wrote as the one to answer. */
export function speaksForPerson(facts: MailFacts): boolean {
  if (!facts.from || !facts.replyTo || facts.replyTo.address === facts.from.address) return false;
  if (senderSort(facts.replyTo) !== 'person') return false;
  return baseOf(domainOf(facts.from.address)) !== baseOf(domainOf(facts.replyTo.address));
}

/** Who an answer would go to. */
export const answersTo = (facts: MailFacts): MailAddress | null => facts.replyTo ?? facts.from;
