import { setTimeout as wait } from 'node:timers/promises';
import { conversations } from '../../../src/conversation/conversation.ts';
import { type Message, messages } from '../../../src/message/message.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { type CorpusMail, mailCorpus } from '../../fakes/email/mail-corpus.ts';
import type { FakeSmtpServer, ReceivedMail } from '../../fakes/email/smtp-server.ts';
import { openStoreOf } from '../../support/store-env.ts';
import { careAddress, type MailHouse, openLetterSink, startMailGateway } from './email-rig.ts';
import { killOnce } from './kill-once.ts';
import { readAll } from './read-all.ts';
import { freePort } from './server.ts';
import { seeded } from './story.ts';

export interface MailKillOptions {
  house: MailHouse;
  directory: string;
  kills: number;
  mails: number;
  seed: number;
  /** Told after each kill. */
  progress?(done: number): void;
}

export interface MailsKilled {
  mails: CorpusMail[];
  letters: ReceivedMail[];
  /** Kills that fell while the gateway was starting. */
  atStart: number;
  /** Kills at which mails waited that were not stored, or answers that were not sent. */
  underLoad: number;
  kills: number;
  errors: string[];
}

const user = 'care';
/** How many letters may be on their way at a time: so many may go out once more after a kill. */
const onTheirWay = 5;

const header = (raw: Buffer, name: string): string => {
  const head = raw
    .subarray(0, 8_192)
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
};

export const answeredBy = (letters: readonly ReceivedMail[]): Map<string, ReceivedMail[]> =>
  Map.groupBy(letters, ({ raw }) => header(raw, 'In-Reply-To')) as Map<string, ReceivedMail[]>;

const unanswered = (mails: readonly CorpusMail[], { received }: FakeSmtpServer): number => {
  const known = answeredBy(received);
  return mails.filter(({ id, isPerson }) => isPerson && !known.has(id)).length;
};

/** Ends once everybody is answered and nothing more goes out, or nothing has happened for half a minute. */
async function settled(mails: readonly CorpusMail[], smtp: FakeSmtpServer): Promise<void> {
  let [before, still] = [-1, 0];
  while (still < 30_000) {
    const count = smtp.count();
    still = count === before ? still + 250 : 0;
    before = count;
    if (unanswered(mails, smtp) === 0 && still >= 3_000) return;
    await wait(250);
  }
}

/** Mails flow into a mailbox while the gateway that reads it is killed again and again. */
export async function killWhileMailsFlow(options: MailKillOptions): Promise<MailsKilled> {
  const { house, directory, kills, seed } = options;
  const random = seeded(seed);
  const mails = [...mailCorpus(options.mails, { to: careAddress, random: seeded(seed + 1) })];
  const smtp = await openLetterSink(true);
  const port = await freePort();
  const open = () => startMailGateway({ house, user, smtp, directory, port });
  const errors: string[] = [];
  let [atStart, underLoad, delivered] = [0, 0, 0];
  /** By the time of so many kills, as large a share of the mails is there. */
  const deliverUpTo = async (share: number): Promise<void> => {
    for (; delivered < Math.min(mails.length, mails.length * share); delivered += 1) {
      await house.deliver(user, (mails[delivered] as CorpusMail).raw);
      if (delivered % 10 === 0) await wait(random() * 40);
    }
  };
  let gateway = await open();
  try {
    for (let kill = 0; kill < kills; kill++) {
      const flowing = deliverUpTo((kill + 1) / kills);
      if ((await killOnce(gateway, random)) === 'at start') atStart += 1;
      await flowing;
      if (unanswered(mails.slice(0, delivered), smtp) > 0) underLoad += 1;
      errors.push(gateway.errors());
      gateway = await open();
      options.progress?.(kill + 1);
    }
    await gateway.ready;
    await settled(mails, smtp);
    await gateway.stop();
    errors.push(gateway.errors());
  } finally {
    await gateway.kill();
    await smtp.close();
  }
  const said = errors.filter((text) => text !== '');
  return { mails, letters: smtp.received, atStart, underLoad, kills, errors: said };
}

export interface MailAudit {
  size: Record<'mails' | 'people' | 'letters' | 'letters sent again', number>;
  /** Everything must be 0. */
  faults: Record<string, number>;
}

const storedFaults = (mails: readonly CorpusMail[], inbound: readonly Message[]) => {
  const byId = Map.groupBy(inbound, ({ externalId }) => externalId);
  const sent = new Set(mails.map(({ id }) => id));
  return {
    'mails not stored': mails.filter(({ id }) => !byId.has(id)).length,
    'mails stored twice': inbound.length - byId.size,
    'messages that nobody sent': inbound.filter(({ externalId }) => !sent.has(externalId)).length,
  };
};

const letterFaults = ({ mails, letters, kills }: MailsKilled) => {
  const answers = answeredBy(letters);
  const people = mails.filter(({ isPerson }) => isPerson);
  const robots = new Set(mails.filter(({ isPerson }) => !isPerson).map(({ id }) => id));
  const idsOf = (list: readonly ReceivedMail[]) => new Set(list.map(({ raw }) => header(raw, 'Message-ID')));
  const toWrongPerson = people.filter(({ id, from }) => (answers.get(id) ?? []).some(({ to }) => !to.includes(from)));
  const again = letters.length - idsOf(letters).size;
  return {
    'people without an answer': people.filter(({ id }) => !answers.has(id)).length,
    'people with two different answers': people.filter(({ id }) => idsOf(answers.get(id) ?? []).size > 1).length,
    'answers to the wrong person': toWrongPerson.length,
    'answers to robots': [...answers.keys()].filter((id) => robots.has(id)).length,
    'letters sent again beyond what was on its way at a kill': Math.max(0, again - onTheirWay * kills),
    'letters sent more often than once more a kill': [
      ...Map.groupBy(letters, ({ raw }) => header(raw, 'Message-ID')).values(),
    ].filter((list) => list.length > 1 + kills).length,
  };
};

const ticketFaults = (found: readonly Ticket[]) => ({
  'tickets opened twice for one cause': found.length - new Set(found.map(({ causeKey }) => causeKey)).size,
  'ticket numbers used twice': found.length - new Set(found.map(({ number }) => number)).size,
});

/** Compares what was sent, what the store holds and what people got. */
export async function auditMails(directory: string, killed: MailsKilled): Promise<MailAudit> {
  const store = await openStoreOf(directory);
  const stored = await readAll(store, messages, 'by-external-id');
  const inbound = stored.filter(({ direction }) => direction === 'inbound');
  const talks = await readAll(store, conversations, 'by-last-message');
  const opened = await readAll(store, tickets, 'by-opened');
  await store.close();
  const distinct = new Set(killed.letters.map(({ raw }) => header(raw, 'Message-ID'))).size;
  return {
    size: {
      mails: killed.mails.length,
      people: killed.mails.filter(({ isPerson }) => isPerson).length,
      letters: killed.letters.length,
      'letters sent again': killed.letters.length - distinct,
    },
    faults: {
      ...storedFaults(killed.mails, inbound),
      ...letterFaults(killed),
      ...ticketFaults(opened),
      'turns left waiting': talks.filter(({ turnDueAt }) => turnDueAt !== null).length,
    },
  };
}
