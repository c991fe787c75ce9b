import type { MailFacts, OwnMailbox } from '../mail.ts';
import { newsletterPhrases } from './automatic-phrases.ts';
import { headerValue, headerValues, headerWord, ownWords, says } from './facts.ts';
import { senderSort } from './sender.ts';
import { holds, wordsOf } from './words.ts';

const listHeaders = [
  ...[
    'list-id',
    'list-unsubscribe',
    'list-unsubscribe-post',
    'list-post',
    'list-help',
    'list-subscribe',
    'list-owner',
    'list-archive',
  ],
  ...[
    'list',
    'mailing-list',
    'x-mailing-list',
    'x-beenthere',
    'x-mailman-version',
    'x-ml-name',
    'x-mlserver',
    'x-ml-info',
    'x-ml-count',
    'x-list-id',
    'x-listname',
    'x-list-unsubscribe',
    'x-unsubscribe-web',
    'x-listmember',
    'x-listserver',
    'x-list-administrivia',
  ],
];

/** Headers that only programs for sending to many write. */
const campaignHeaders = [
  ...[
    'x-campaign',
    'x-campaignid',
    'x-campaign-id',
    'x-mailer-campaign',
    'x-mc-user',
    'x-mailchimp-campaign-id',
    'x-csa-complaints',
    'x-newsletter',
    'x-newsletter-id',
    'x-mailing-id',
    'x-mailer-lid',
    'x-mailer-sid',
    'x-mailer-recptid',
    'x-mailerlite-campaign',
    'x-rpcampaign',
    'x-sfmc-stack',
    'x-bulkmail',
    'x-bulk-mail',
    'x-marketing',
    'x-acymailing',
    'x-aweber-list',
    'x-phplist-version',
    'x-cmail-kid',
    'x-cmail-cid',
    'x-emailing',
    'x-mktarchive',
    'x-hs-campaign',
  ],
];

const campaignMailers =
  /mailchimp|sendinblue|phplist|mailman|lyris|campaign ?monitor|createsend|constant ?contact|exacttarget|marketing ?cloud|sendblaster|groupmail|maxbulk|aweber|getresponse|acymailing|marketo|eloqua|silverpop|icontact|interspire|bulk|newsletter|mass ?mail|mailerlite|klaviyo|emarsys|mailjet campaign|activecampaign|listserv|ezmlm|majordomo|sympa/;

const bulkPrecedence = new Set(['bulk', 'list', 'junk']);

const listWords = (facts: MailFacts): string =>
  ['list-id', 'list-post', 'mailing-list', 'x-mailing-list', 'x-beenthere']
    .map((name) => headerValue(facts, name))
    .join(' ');

/** Whether the list is our own address: people who write to a group address come as a post to a list. */
const isOwnList = (facts: MailFacts, own: OwnMailbox): boolean => {
  const words = listWords(facts);
  return own.addresses.some((address) => words.includes(address) || words.includes(`<${address.replace('@', '.')}>`));
};

const spamHeaders = ['x-spam-flag', 'x-spam-status', 'x-spam'];

/** Why a mail went to many or was marked as spam; null where nothing says so. */
export function bulkReason(facts: MailFacts, own: OwnMailbox): string | null {
  const spam = spamHeaders.find((name) => ['yes', 'true'].includes(headerWord(facts, name)));
  if (spam) return `A filter has marked the mail as spam: ${spam}`;
  const campaign = campaignHeaders.find((name) => headerValues(facts, name).length > 0);
  if (campaign) return `The mail was sent to many by a program for that: ${campaign}`;
  const mailer = campaignMailers.exec(`${headerValue(facts, 'x-mailer')} ${headerValue(facts, 'user-agent')}`)?.[0];
  if (mailer) return `The mail was sent to many by a program for that: ${mailer}`;
  if (isOwnList(facts, own)) return null;
  const precedence = headerWord(facts, 'precedence');
  if (bulkPrecedence.has(precedence)) return `The mail says of itself that it went to many: Precedence: ${precedence}`;
  const list = listHeaders.find((name) => says(facts, name));
  if (list) return `The mail came by a mailing list: ${list}`;
  return newsletterReason(facts);
}

const campaignFeedback = /campaign|newsletter|marketing|bulk|broadcast|mailing|promo|mailchimp|mc:|list/;

function newsletterReason(facts: MailFacts): string | null {
  const feedback = headerValue(facts, 'feedback-id') || headerValue(facts, 'x-feedback-id');
  if (campaignFeedback.test(feedback)) return 'The mail was sent to many by a program for that: feedback-id';
  const sort = facts.from ? senderSort(facts.from) : 'person';
  const unlikely = sort === 'newsletter' || (feedback !== '' && sort !== 'person');
  return unlikely && holds(wordsOf(ownWords(facts)), newsletterPhrases) ? 'The mail is worded as a newsletter.' : null;
}
