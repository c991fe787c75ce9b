import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/knowledge/article.ts';
import type { KnowledgeResult } from '../../../src/knowledge/engine.ts';
import { createConsult, type HelpKind, type HelpOutcome } from '../../../src/semantic/consult.ts';
import { type Help, HelpRefused } from '../../../src/semantic/help.ts';
import { createFakeClock } from '../../fakes/clock.ts';

const anArticle = (id: string, status: Article['status'] = 'published'): Article => ({
  id,
  status,
  title: { ar: `عنوان ${id}` },
  body: { ar: 'نص' },
  phrasings: {},
});

const bankOf = (...all: Article[]): ReadonlyMap<string, Article> => new Map(all.map((one) => [one.id, one]));

const unsure: KnowledgeResult = {
  outcome: 'choose',
  articles: [
    { id: 'a', title: 'عنوان a', confidence: 0.6 },
    { id: 'b', title: 'عنوان b', confidence: 0.5 },
  ],
  language: 'ar',
  why: ['the bank'],
};
const asked = { text: 'سؤال', language: 'ar' } as const;

/** With help that has opened. */
const setUp = async (given: Partial<Help>) => {
  const clock = createFakeClock('2026-11-22T08:00:00Z');
  const counted: [HelpKind, HelpOutcome][] = [];
  const warned: string[] = [];
  const note = (_fields: object, message: string): void => void warned.push(message);
  const state = { articles: bankOf(anArticle('a'), anArticle('b'), anArticle('c'), anArticle('draft', 'draft')) };
  const consult = createConsult({
    help: Promise.resolve({ stop: async () => undefined, ...given }),
    waitMs: 300,
    sureness: () => 0.95,
    articles: () => state.articles,
    clock,
    log: { debug: note, info: note, warn: note, error: note },
    count: (kind, outcome) => counted.push([kind, outcome]),
    stopwatch: () => clock.now(),
  });
  await setImmediate();
  return { clock, counted, warned, consult, state };
};

/** Waits until it is told to stop waiting, as everything here must. */
const hangs = (within: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => within.addEventListener('abort', () => reject(within.reason)));

describe('a question with help', () => {
  it('names each step and its time in the "why"', async () => {
    const { consult, counted } = await setUp({
      near: async () => [{ id: 'a', likeness: 0.8 }],
      choose: async () => 'b',
    });
    const result = await consult.improve(unsure, asked, consult.patience());
    expect(result.outcome).toBe('answer');
    expect(result.articles[0]?.id).toBe('b');
    expect(result.why).toEqual([
      'the bank',
      'near: helped, 0 ms',
      'meaning: near a 0.80',
      'choose: near in meaning, so it is offered',
      'choose: helped, 0 ms',
      'answer: "b" was chosen among the offered',
    ]);
    expect(counted).toEqual([
      ['near', 'helped'],
      ['choose', 'helped'],
    ]);
  });

  it('is asked of nobody where the bank is sure, or once words and meaning agree', async () => {
    let choices = 0;
    const choose = async () => {
      choices += 1;
      return null;
    };
    const { consult, counted } = await setUp({ near: async () => [{ id: 'a', likeness: 0.97 }], choose });
    const sure = { ...unsure, outcome: 'answer' as const };
    expect(await consult.improve(sure, asked, consult.patience())).toBe(sure);
    expect(counted).toEqual([]);
    const agreed = await consult.improve(unsure, asked, consult.patience());
    expect(agreed.outcome).toBe('answer');
    expect(choices).toBe(0);
  });

  it('offers the model at most eight published articles, the bank’s own first', async () => {
    const many = Array.from({ length: 12 }, (_, at) => anArticle(`n${at}`));
    const near = async () => [...many.map(({ id }) => ({ id, likeness: 0.2 })), { id: 'draft', likeness: 0.9 }];
    const offers: string[][] = [];
    const choose: Help['choose'] = async (_question, offered) => {
      offers.push(offered.map(({ id }) => id));
      return null;
    };
    const { consult, state } = await setUp({ near, choose });
    state.articles = bankOf(anArticle('a'), anArticle('b'), anArticle('draft', 'draft'), ...many);
    await consult.improve(unsure, asked, consult.patience());
    expect(offers).toEqual([['a', 'b', 'n0', 'n1', 'n2', 'n3', 'n4', 'n5']]);
  });

  it('goes on with what it has once its time is up, over all helpers together', async () => {
    const { consult, clock, counted } = await setUp({
      near: (_text, _language, within) => hangs(within),
      choose: () => Promise.reject(new Error('nobody has time for this')),
    });
    const improving = consult.improve(unsure, asked, consult.patience());
    await Promise.resolve();
    clock.advance(300);
    const result = await improving;
    expect(result).toMatchObject({ outcome: 'choose', articles: unsure.articles });
    expect(result.why.slice(1)).toEqual(['near: timed-out, 300 ms', 'choose: timed-out, 0 ms']);
    expect(counted.map(([, outcome]) => outcome)).toEqual(['timed-out', 'timed-out']);
  });

  it('goes on without what is refused or fails, and says why', async () => {
    const { consult } = await setUp({
      near: () => Promise.reject(new Error('broken')),
      choose: () => Promise.reject(new HelpRefused('it named an article that was not offered')),
    });
    const result = await consult.improve(unsure, asked, consult.patience());
    expect(result.why.slice(1)).toEqual([
      'near: failed, 0 ms',
      'choose: refused (it named an article that was not offered), 0 ms',
    ]);
  });

  it('lets a helper rest that failed three times in a row, and asks it again after half a minute', async () => {
    let calls = 0;
    const choose = () => {
      calls += 1;
      return Promise.reject(new Error('no connection'));
    };
    const { consult, clock, counted, warned } = await setUp({ choose });
    for (let time = 0; time < 5; time += 1) await consult.improve(unsure, asked, consult.patience());
    expect(calls).toBe(3);
    expect(counted.at(-1)).toEqual(['choose', 'resting']);
    expect(warned).toHaveLength(1);
    clock.advance(30_000);
    await consult.improve(unsure, asked, consult.patience());
    expect(calls).toBe(4);
  });

  it('waits for nobody while help is still opening', async () => {
    const { consult } = await setUp({});
    const opening = createConsult({
      help: new Promise(() => undefined),
      waitMs: 300,
      sureness: () => 0.95,
      articles: () => bankOf(),
      clock: createFakeClock('2026-11-22T08:00:00Z'),
      log: { debug() {}, info() {}, warn() {}, error() {} },
      count: () => undefined,
    });
    expect(await opening.improve(unsure, asked, consult.patience())).toBe(unsure);
  });
});

describe('stopping', () => {
  it('ends help that is open, and help that opens too late', async () => {
    let stops = 0;
    const stop = async () => {
      stops += 1;
    };
    await (await setUp({ stop })).consult.stop();
    expect(stops).toBe(1);
    const late = Promise.withResolvers<Help>();
    const consult = createConsult({
      help: late.promise,
      waitMs: 300,
      sureness: () => 0.95,
      articles: () => bankOf(),
      clock: createFakeClock('2026-11-22T08:00:00Z'),
      log: { debug() {}, info() {}, warn() {}, error() {} },
      count: () => undefined,
    });
    await consult.stop();
    late.resolve({ stop });
    await setImmediate();
    expect(stops).toBe(2);
  });
});

describe('the bank', () => {
  it('is told to who compares by meaning, at first and within a second of each edit', async () => {
    const learned: string[][] = [];
    const learn = async (all: readonly Article[]) => void learned.push(all.map(({ id }) => id));
    const { consult, clock, state } = await setUp({ near: async () => [], learn });
    await consult.improve(unsure, asked, consult.patience());
    expect(learned).toEqual([['a', 'b', 'c', 'draft']]);
    clock.advance(5000);
    expect(learned).toHaveLength(1);
    state.articles = bankOf(anArticle('d'));
    clock.advance(1000);
    expect(learned.at(-1)).toEqual(['d']);
    await consult.stop();
    state.articles = bankOf();
    clock.advance(5000);
    expect(learned).toHaveLength(2);
  });
});

describe('an approved text', () => {
  const request = { text: 'نص معتمد طويل جدا', language: 'ar', atMost: 10 } as const;

  it('is reworded by who may, where there is too little room for it', async () => {
    const { consult } = await setUp({ rephrase: async () => 'نص معتمد' });
    expect(await consult.reword?.(request, consult.patience())).toEqual({
      text: 'نص معتمد',
      why: ['rephrase: helped, 0 ms'],
    });
    expect(await consult.reword?.({ ...request, atMost: 100 }, consult.patience())).toEqual({ text: null, why: [] });
  });

  it('is said itself where nobody may reword, or what came must not be used', async () => {
    const nobody = (await setUp({})).consult;
    expect(await nobody.reword?.(request, nobody.patience())).toEqual({ text: null, why: [] });
    const liar = (await setUp({ rephrase: () => Promise.reject(new HelpRefused('it may say the contrary')) })).consult;
    expect((await liar.reword?.(request, liar.patience()))?.text).toBeNull();
  });
});
