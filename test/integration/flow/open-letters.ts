import { afterEach, beforeEach, expect } from 'vitest';
import { capabilities } from '../../../channels/email/capabilities.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { type Conversation, conversations } from '../../../src/conversation/conversation.ts';
import { type Message, messages } from '../../../src/message/message.ts';
import { type Ticket, tickets } from '../../../src/ticket/ticket.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const bank = {
  'السجل الأكاديمي': { outcome: 'answer' as const, articles: [{ id: 'record', title: 'السجل', confidence: 0.95 }] },
  التسجيل: {
    outcome: 'choose' as const,
    articles: [
      { id: 'add', title: 'إضافة مقرر', confidence: 0.5 },
      { id: 'drop', title: 'حذف مقرر', confidence: 0.45 },
    ],
  },
};

export interface Mail {
  id?: string;
  from?: string;
  name?: string;
  subject?: string;
  words: string;
  whole?: string;
  references?: string[];
  provenKey?: string;
  automated?: 'none' | 'auto-reply' | 'bulk' | 'bounce';
  settled?: boolean;
  digest?: string;
}

const topicOf = (subject: string): string => subject.replace(/^(re|رد)\s*:\s*/i, '').toLowerCase();

/** What the channel gives of a mail. */
const letter = (mail: Mail & { id: string }): Partial<GivenEvent> => {
  const { id, from = 'sara@example.net', subject = 'سؤال' } = mail;
  return {
    externalId: id,
    address: from,
    conversationKey: `${from} ${id}`,
    text: mail.whole ?? mail.words,
    digest: mail.digest ?? `digest of ${id}`,
    thread: {
      references: mail.references ?? [],
      provenKey: mail.provenKey ?? null,
      topic: topicOf(subject),
      isReply: /^(re|رد)\s*:/i.test(subject),
    },
    letter: {
      subject,
      from: { address: from, name: mail.name ?? '' },
      to: [],
      cc: [],
      newText: mail.words,
      problem: null,
    },
    automated: mail.automated ?? 'none',
    settled: mail.settled ?? false,
    source: { gzip: new Uint8Array([1, 2, 3]), keepDays: 90 },
  } as Partial<GivenEvent>;
};

/** A flow of its own for each test, whose channel carries letters. */
export interface Letters {
  flow(): TestFlow;
  /** What the channel gives of a mail. */
  letter(mail: Mail): Partial<GivenEvent>;
  /** Sends a mail, a minute after the one before, and gives what was answered to it. */
  send(mail: Mail): Promise<OutboundMessage[]>;
  /** The message with this Message-ID. */
  stored(id: string): Promise<Message>;
  conversationOf(id: string): Promise<Conversation>;
  ticketsOf(): Promise<Ticket[]>;
}

/** Opens a flow before each test of the file and closes it after; none may have logged an error. */
export function lettersForEach(): Letters {
  let test: TestFlow;
  let count = 0;

  beforeEach(async () => {
    count = 0;
    test = await openFlow({ bank, channel: createFakeChannel('fake', capabilities) });
  });
  afterEach(async () => {
    expect(test.errors).toEqual([]);
    await test.cleanUp();
  });

  const given: Letters['letter'] = (mail) => letter({ ...mail, id: mail.id ?? `<mail-${++count}@example.net>` });
  const stored: Letters['stored'] = async (id) => {
    const where = { inboxId: 'fake', externalId: id };
    const found = (await test.store.find(messages, { index: 'by-external-id', where })).items[0];
    if (!found) throw new Error(`${id} is not stored`);
    return found;
  };
  return {
    flow: () => test,
    letter: given,
    send(mail) {
      test.clock.advance(60_000);
      return test.say('', given(mail));
    },
    stored,
    async conversationOf(id) {
      const { conversationId } = await stored(id);
      const found = await test.store.get(conversations, conversationId);
      if (!found) throw new Error('no conversation');
      return found;
    },
    ticketsOf: async () => (await test.store.find(tickets, { index: 'by-opened', limit: 100 })).items,
  };
}
