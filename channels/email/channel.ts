import { tmpdir } from 'node:os';
import type { Channel, Sink } from '../../src/channel/channel.ts';
import type { ChannelKind, HostDeps, InboxSettings } from '../../src/channel/kind.ts';
import type { OutboundLetter, OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { capabilities } from './capabilities.ts';
import { takeMails } from './intake.ts';
import { loopMark, loopPurpose } from './letter/loop-mark.ts';
import { deliveryIdOf, idDomainOf, messageIdOf } from './letter/message-id.ts';
import { createPost, type Post } from './letter/post.ts';
import { readToken, replyPurpose } from './letter/reply-token.ts';
import type { OwnMailbox } from './mail.ts';
import { createAccessToken } from './mailbox/access-token.ts';
import { createMailbox, type Mailbox } from './mailbox/mailbox.ts';
import { unknownSender } from './parse.ts';
import { createReader, type Reader } from './reader/reader.ts';
import { type EmailSettings, emailKind, emailSettings } from './settings.ts';

/** What a running inbox holds; made at each start, since a mailbox and a reader serve once. */
interface Running {
  sink: Sink;
  reader: Reader;
  mailbox: Mailbox;
  post: Post;
  /** Calls off the next look at the sending side. */
  cancel(): void;
}

const lookAgainMs = 30_000;

/** A mail server that does not answer holds up nobody's start for longer than this; the inbox goes on trying. */
const startMs = 1_500;

async function atMost(ms: number, work: Promise<unknown>, after: HostDeps['clock']['after']): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    cancel = after(ms, resolve);
  });
  await Promise.race([work, late]).finally(() => cancel());
}

interface Account {
  inboxId: string;
  settings: EmailSettings;
  deps: HostDeps;
  own: OwnMailbox;
  tokenSecret: Buffer;
}

const accountOf = ({ inboxId, values }: InboxSettings, deps: HostDeps): Account => {
  const settings = emailSettings(values);
  const { address, aliases, imap } = settings;
  const user = imap.user.includes('@') ? [imap.user.toLowerCase()] : [];
  return {
    inboxId,
    settings,
    deps,
    own: {
      addresses: [...new Set([address, ...aliases, ...user])],
      idDomain: idDomainOf(address),
      loopMark: loopMark(deps.secret(loopPurpose)),
    },
    tokenSecret: deps.secret(replyPurpose),
  };
};

function run({ inboxId, settings, deps, own, tokenSecret }: Account, sink: Sink): Running {
  const { log, clock, count } = deps;
  const reader = createReader({ spool: tmpdir(), log, clock });
  const token = (user: string) =>
    settings.tokens ? { accessToken: createAccessToken(settings.tokens, user, { clock }) } : {};
  const openFile = (query: { address: string; id: string }) => sink.openAttachment({ inboxId, ...query });
  const post = createPost({ inboxId, settings, deps, openFile, ...token(settings.smtp.user) });
  const intake = {
    inboxId,
    own,
    sourceDays: settings.sourceDays,
    maxBytes: settings.maxBytes,
    reader,
    sink,
    log,
    count,
    keyIn: (recipient: string) => readToken(tokenSecret, recipient, [settings.address, ...settings.aliases]),
    idOf: (messageId: string) => deliveryIdOf(messageId, own.idDomain) ?? messageId,
  };
  const notes = { recall: sink.recall, remember: sink.remember };
  const take = (batch: Parameters<typeof takeMails>[1]) => takeMails(intake, batch);
  const mailbox = createMailbox({ settings, log, clock, notes, take, ...token(settings.imap.user) });
  return { sink, reader, mailbox, post, cancel: () => undefined };
}

/** Only what has the form of a Message-ID can be referred to (RFC 5322 3.6.4). */
const isMessageId = (id: string): boolean => /^<[^<>\s]+@[^<>\s]+>$/.test(id);

/** The core knows our own letters by the ids of their deliveries. */
const isDeliveryId = (id: string): boolean => /^[\w-]{20,64}$/.test(id);

function referable({ subject, inReplyTo, references }: OutboundLetter, idDomain: string): OutboundLetter {
  const known = references.map((id) => (isDeliveryId(id) ? messageIdOf(id, idDomain) : id));
  return {
    subject,
    inReplyTo: inReplyTo && isMessageId(inReplyTo) ? inReplyTo : null,
    references: known.filter(isMessageId),
  };
}

/** What no server can take is refused before anything is sent. */
function checkSendable(message: OutboundMessage, inboxId: string): void {
  if (message.inboxId !== inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
  if (message.address === unknownSender || !message.address.includes('@'))
    throw new SendError('message-invalid', 'The mail did not say who sent it, so that nobody can be answered.');
  if (message.text.length > capabilities.text.maxLength)
    throw new SendError('message-invalid', 'The letter is too long for a mail.');
  const files = capabilities.attachments;
  if (!files || message.attachments.length > files.maxCount)
    throw new SendError('unsupported', 'There are too many files for one mail.');
  if (message.attachments.reduce((sum, { bytes }) => sum + bytes, 0) > files.maxBytes)
    throw new SendError('unsupported', 'The files are too large for one mail: most servers refuse more than 25 MB.');
}

/** One inbox of electronic mail: IMAP in, SMTP out. */
export function createEmail(inbox: InboxSettings, deps: HostDeps): Channel {
  const account = accountOf(inbox, deps);
  const { inboxId, settings } = account;
  let running: Running | null = null;

  /** As well as the worse of the two sides: who cannot send is not connected either. */
  const state: Channel['state'] = () => {
    if (!running) return { state: 'stopped', reason: null };
    const mailbox = running.mailbox.state();
    return mailbox.state === 'connected' ? running.post.state() : mailbox;
  };

  const send = async (message: OutboundMessage, signal: AbortSignal): Promise<SendResult> => {
    checkSendable(message, inboxId);
    if (!running) throw new SendError('unreachable', 'The inbox is stopped.');
    const { mailbox } = running;
    await mailbox.room();
    const letter = message.letter && referable(message.letter, account.own.idDomain);
    const { result, raw } = await running.post.send({ ...message, ...(letter ? { letter } : {}) }, signal);
    mailbox.file(raw);
    return result;
  };

  /** The sending side has no connection that stands: while it is not well it is looked at again and again. */
  const look = async (started: Running): Promise<void> => {
    const { state: found } = await started.post.verify();
    if (running === started && found !== 'connected')
      started.cancel = deps.clock.after(lookAgainMs, () => void look(started));
  };

  return {
    kind: 'email',
    inboxId,
    capabilities,
    runsAlone: true,
    state,
    send,
    async start(sink) {
      if (running) return;
      const started = run(account, sink);
      running = started;
      await atMost(startMs, Promise.all([started.mailbox.start(), look(started)]), deps.clock.after);
      deps.log.info({ inboxId, folders: settings.folders.length }, 'an email inbox has started');
    },
    async stop() {
      const stopped = running;
      running = null;
      if (!stopped) return;
      stopped.cancel();
      await stopped.mailbox.stop();
      await Promise.all([stopped.reader.stop(), stopped.post.stop()]);
    },
  };
}

/** Email as a kind of channel. */
export const email: ChannelKind = { kind: 'email', settings: emailKind, create: createEmail };
