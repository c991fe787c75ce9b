import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { MailAddress, ReadMail } from './mail.ts';

/** What the mail itself does not tell. */
export interface Arrival {
  inboxId: string;
  /** Own addresses, in lower case. */
  own: readonly string[];
  /** When the server took it, ISO. */
  arrivedAt: string;
  /** Only its head and words were fetched since it is too large. */
  truncated: boolean;
  /** Somebody had answered it in another program before. */
  answered: boolean;
  sourceDays: number;
  /** Files that are stored already. */
  files: { attachmentId: string; name: string; type: string; bytes: number; contentId: string | null }[];
  /** The conversation that a token in one of its recipients proves. */
  provenKey: string | null;
  /** The key of a conversation of its own, made of what begins the thread. */
  keyOf(address: string, root: string): string;
  /** The id of our sending where a Message-ID is one of ours, else the Message-ID. */
  idOf(messageId: string): string;
}

/** Mails whose sender nobody can tell are kept under this name; nothing is ever sent to it. */
export const unknownSender = 'unknown-sender';

/** The address without what stands behind a plus: `care+token@example.org` is ours as well. */
const bare = (address: string): string => address.replace(/\+[^@]*(?=@)/, '');

const isOwn = (one: MailAddress | null, own: readonly string[]): boolean =>
  one !== null && (own.includes(one.address) || own.includes(bare(one.address)));

/** To whom an answer goes: Reply-To before From (RFC 5322 3.6.2), but never ourselves. */
export function senderOf(mail: Pick<ReadMail, 'from' | 'replyTo'>, own: readonly string[]): MailAddress {
  const asked = mail.replyTo && !isOwn(mail.replyTo, own) ? mail.replyTo : null;
  return asked ?? mail.from ?? { address: unknownSender, name: '' };
}

const at = (address: MailAddress): MailAddress => ({
  address: address.address.slice(0, 512),
  name: address.name.slice(0, 300),
});

/** Without a Message-ID the content is the name, with who sent it and when the server took it: little tells such mails apart. */
const externalIdOf = (mail: ReadMail, sender: MailAddress, arrivedAt: string): string =>
  mail.messageId && mail.messageId.length <= 500
    ? mail.messageId
    : `content:${mail.digest.slice(0, 40)}:${arrivedAt}:${sender.address}`.slice(0, 500);

const problemOf = (mail: ReadMail, truncated: boolean): 'partly' | 'unreadable' | 'too-large' | null =>
  truncated || mail.leftOut.length > 0 ? 'too-large' : mail.problem;

/** A bounce belongs to what bounced; anything else to what it answers. */
const referencesOf = (mail: ReadMail): string[] => {
  const bounced = mail.reports.flatMap(({ messageId }) => messageId ?? []);
  return [...new Set([...bounced, ...mail.references])].filter((id) => id.length <= 998).slice(0, 50);
};

/** The HTML with the pictures within it named by the files that they were stored as. */
const withPictures = (html: string, files: Arrival['files']): string =>
  files.reduce(
    (shown, { contentId, attachmentId }) =>
      contentId ? shown.replaceAll(`cid:${contentId}"`, `attachment:${attachmentId}"`) : shown,
    html,
  );

/** A subject is a line, not a text. */
const mostSubject = 500;

/** The event that a mail makes. Every mail makes one; it never throws. */
export function toMessage(mail: ReadMail, arrival: Arrival): Extract<GivenEvent, { event: 'message' }> {
  const sender = senderOf(mail, arrival.own);
  const externalId = externalIdOf(mail, sender, arrival.arrivedAt);
  const references = referencesOf(mail);
  const isUnknown = sender.address === unknownSender;
  const automated = isUnknown && mail.automated === 'none' ? 'auto-reply' : mail.automated;
  const why = isUnknown ? 'The mail does not say who sent it.' : mail.why;
  return {
    event: 'message',
    inboxId: arrival.inboxId,
    externalId,
    address: sender.address.slice(0, 512),
    ...(sender.name ? { displayName: sender.name.slice(0, 300) } : {}),
    conversationKey: arrival.keyOf(sender.address, references.at(-1) ?? externalId),
    visibility: 'private',
    sentAt: mail.sentAt ?? arrival.arrivedAt,
    kind: mail.problem === 'unreadable' && mail.text === '' ? 'unsupported' : 'text',
    text: mail.text,
    ...(mail.html ? { html: withPictures(mail.html, arrival.files) } : {}),
    attachments: arrival.files.map(({ contentId: _, ...file }) => file),
    digest: mail.digest,
    thread: {
      references: references.map(arrival.idOf),
      provenKey: arrival.provenKey,
      topic: mail.topic.slice(0, 1000),
      isReply: mail.isReply,
    },
    letter: {
      subject: mail.subject.slice(0, mostSubject),
      from: mail.from && at(mail.from),
      to: mail.to.slice(0, 200).map(at),
      cc: mail.cc.slice(0, 200).map(at),
      newText: mail.newText,
      problem: problemOf(mail, arrival.truncated),
    },
    automated,
    ...(automated !== 'none' && why ? { automatedWhy: why.slice(0, 300) } : {}),
    settled: arrival.answered,
    source: { gzip: mail.source, keepDays: arrival.sourceDays },
  };
}

/** What the reports of a bounce say of our own sendings. */
export const toReceipts = (
  mail: ReadMail,
  { inboxId, arrivedAt, idOf }: Pick<Arrival, 'inboxId' | 'arrivedAt' | 'idOf'>,
): Extract<GivenEvent, { event: 'receipt' }>[] =>
  mail.reports.flatMap(({ messageId, recipient, outcome, code, reason }) =>
    messageId && outcome !== 'delayed'
      ? [
          {
            event: 'receipt',
            inboxId,
            externalId: idOf(messageId),
            status: outcome,
            ...(recipient ? { address: recipient.toLowerCase().slice(0, 512) } : {}),
            at: arrivedAt,
            reason: [code, reason].filter(Boolean).join(' ').slice(0, 300),
          },
        ]
      : [],
  );
