import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import { alone } from '../../src/cluster/members.ts';
import { createFlow } from '../../src/flow/create-flow.ts';
import type { FlowDeps } from '../../src/flow/deps.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { createIds } from '../../src/ids.ts';
import type { KnowledgeResult } from '../../src/knowledge/engine.ts';
import type { Content } from '../../src/live/content.ts';
import { messages } from '../../src/message/message.ts';
import { loadOrganisation } from '../../src/organisation/load.ts';
import type { Store } from '../../src/store/port.ts';
import { loadTemplates } from '../../src/template/load.ts';
import { createRender } from '../../src/template/template.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';
import { openStoreOf, removeStore } from '../support/store-env.ts';
import { createFakeChannel, type FakeChannel } from './channel.ts';
import { createFakeClock } from './clock.ts';

const root = join(import.meta.dirname, '..', '..');
const content = await (async () => {
  const organisation = await loadOrganisation(join(root, 'knowledge-base/organisation'));
  const texts = await loadTemplates(join(root, 'templates'));
  const files = await loadUnderstanding(join(root, 'knowledge-base/understanding'));
  const { categories } = organisation.organisation;
  const { understand } = createUnderstanding(files, { categories, services: organisation.services });
  const render = createRender(texts, 'Asia/Riyadh');
  return { organisation, render, understand };
})();

/** What the knowledge bank of a test answers: by a word in the question. */
export type Bank = Record<
  string,
  { outcome: 'answer' | 'choose'; articles: { id: string; title: string; confidence: number }[] }
>;

const fakeContent = (bank: Bank): Content => ({
  organisation: () => content.organisation,
  render: () => content.render,
  understand: content.understand,
  knowledge: () =>
    ({
      answer: (text: string): KnowledgeResult => {
        const hit = Object.entries(bank).find(([word]) => text.includes(word))?.[1];
        return { outcome: 'none', articles: [], language: 'ar', why: ['test bank'], ...hit };
      },
    }) as never,
  article: (id, language) => ({ text: `article ${id} ${language}`, html: `<p>article ${id} ${language}</p>` }),
});

/** Idle also of what comes of changes that the store has yet to tell: a driver may tell them after it answered the write. */
function idleWithNews(flow: Flow, store: Store): () => Promise<void> {
  let told = 0;
  return async () => {
    for (let before = -1; before !== told; ) {
      await flow.idle();
      before = told;
      for (let news = await store.changes(told, 1_000); news.length > 0; news = await store.changes(told, 1_000))
        told = news.at(-1)?.cursor ?? told;
    }
  };
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** A whole flow on a real store in a directory of its own, with a channel, a clock and a bank of the test's. */
export async function openFlow(
  options: {
    bank?: Bank;
    /** In place of the test's bank and its articles. */
    content?: Pick<Content, 'knowledge' | 'article'>;
    at?: string;
    directory?: string;
    channel?: FakeChannel;
    more?: FakeChannel[];
  } = {},
) {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'wasl-flow-'));
  const clock = createFakeClock(options.at ?? '2026-11-22T07:00:00.000Z');
  const channel = options.channel ?? createFakeChannel();
  const store = await openStoreOf(directory, clock.now);
  const errors: unknown[] = [];
  const log = { ...silent, error: (fields: object, message: string) => void errors.push({ message, ...fields }) };
  const none = (): void => undefined;
  const metrics = { received: none, sent: none, decided: none, arrival: none, file: none, notice: none };
  const ids = createIds();
  const channels = new Map([channel, ...(options.more ?? [])].map((one) => [one.inboxId, one]));
  const deps: FlowDeps = {
    store,
    channels,
    content: { ...fakeContent(options.bank ?? {}), ...options.content },
    clock,
    ids,
    log,
    metrics,
    members: alone(ids.next()),
    serves: () => true,
    secret: (purpose) => new TextEncoder().encode(`of the test: ${purpose}`),
    publicUrl: 'https://wasl.example',
  };
  const made = createFlow(deps);
  const flow: Flow = { ...made, idle: idleWithNews(made, store) };
  for (const one of channels.values()) await one.start(flow.sink(one.inboxId));
  await flow.start();
  let count = 0;
  const event = (text: string, fields: Partial<GivenEvent> = {}): GivenEvent =>
    ({
      event: 'message',
      inboxId: channel.inboxId,
      externalId: `ext-in-${++count}`,
      address: 'visitor',
      conversationKey: 'visitor',
      visibility: 'private',
      sentAt: new Date(clock.now()).toISOString(),
      kind: 'text',
      text,
      attachments: [],
      automated: 'none',
      ...fields,
    }) as GivenEvent;
  const close = async (): Promise<void> => {
    await flow.stop();
    await store.close();
  };
  return {
    flow,
    deps,
    store,
    clock,
    channel,
    errors,
    directory,
    event,
    close,
    /** Says something and gives what was answered to it. */
    async say(text: string, fields: Partial<GivenEvent> = {}) {
      const before = channel.sent.length;
      await flow.receive(event(text, fields));
      await flow.idle();
      return channel.sent.slice(before);
    },
    tap: async (quickReplyId: string, address = 'visitor') => {
      const before = channel.sent.length;
      await flow.receive(
        event(quickReplyId, { quickReplyId, address, conversationKey: address } as Partial<GivenEvent>),
      );
      await flow.idle();
      return channel.sent.slice(before);
    },
    all: async (conversationId: string) =>
      (await store.find(messages, { index: 'by-conversation', where: { conversationId }, limit: 1000 })).items,
    async cleanUp() {
      await close();
      await removeStore(directory);
    },
  };
}

export type TestFlow = Awaited<ReturnType<typeof openFlow>>;
