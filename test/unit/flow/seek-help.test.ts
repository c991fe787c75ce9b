import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/flow/context.ts';
import { respond } from '../../../src/flow/respond.ts';
import { seekHelp } from '../../../src/flow/seek-help.ts';
import type { KnowledgeResult } from '../../../src/knowledge/engine.ts';
import type { Asked, KnowledgeHelp, Roomless } from '../../../src/knowledge/help.ts';
import { aPublicContext } from './public-context.ts';

const unsure: KnowledgeResult = {
  outcome: 'choose',
  articles: [
    { id: 'hours', title: 'الدوام', confidence: 0.5 },
    { id: 'card', title: 'البطاقة', confidence: 0.4 },
  ],
  language: 'ar',
  why: ['the bank'],
};

const long = `الدوام من الأحد إلى الخميس. ${'ويمكنكم زيارتنا في أي وقت من أوقات الدوام. '.repeat(12)}`;
const short = 'الدوام من الأحد إلى الخميس.';

/** A public post under which the bank is not sure of anything. */
const aPost = (text: string, given: Partial<Context> = {}): Context => ({
  ...aPublicContext(text),
  ask: () => unsure,
  consult: () => unsure,
  article: (id) => (id === 'hours' ? { text: short, html: '' } : null),
  ...given,
});

/** Help that is sure of the opening hours, and keeps what it was asked. */
const aHelp = (reword?: KnowledgeHelp['reword']) => {
  const asked: Asked[] = [];
  const help: KnowledgeHelp = {
    patience: () => new AbortController().signal,
    async improve(result, question) {
      asked.push(question);
      return { ...result, outcome: 'answer', why: [...result.why, 'help is sure'] };
    },
    ...(reword ? { reword } : {}),
    stop: async () => undefined,
  };
  return { help, asked };
};

const publicWords = (context: Context): unknown[] =>
  respond(context).actions.flatMap((one) => (one.do === 'say' ? [one.values?.answer ?? one.template] : []));

describe('a turn with help', () => {
  it('is decided by what help says of the question that the bank would have answered', async () => {
    const { help, asked } = aHelp();
    const context = aPost('@care متى أوقات الدوام؟');
    expect(publicWords(context)).toEqual(['public-invite']);
    const helped = await seekHelp(help, context);
    expect(asked).toEqual([{ text: context.turn.words, language: 'ar' }]);
    expect(publicWords(helped.context)).toEqual([short]);
  });

  it('asks nobody where the bank is sure', async () => {
    const { help, asked } = aHelp();
    const sure = () => ({ ...unsure, outcome: 'answer' as const });
    const context = aPost('@care متى أوقات الدوام؟', { ask: sure, consult: sure });
    expect((await seekHelp(help, context)).context).toBe(context);
    expect(asked).toEqual([]);
  });

  it.each(['@care تعرضت للتحرش من موظف', '@care أسوأ خدمة، لي أسبوع ولا أحد يرد', '@care ابي اكلم موظف'])(
    'asks nobody what the bank would not be asked: %s',
    async (text) => {
      const { help, asked } = aHelp();
      await seekHelp(help, aPost(text));
      expect(asked).toEqual([]);
    },
  );
});

describe('an article where there is little room', () => {
  const sure = () => ({ ...unsure, outcome: 'answer' as const });
  const tooLong = (text = long): Context =>
    aPost('@care متى أوقات الدوام؟', { ask: sure, consult: sure, article: () => ({ text, html: '' }) });

  it('is said in the fewer words that help found', async () => {
    const wanted: Roomless[] = [];
    const { help } = aHelp(async (request) => {
      wanted.push(request);
      return { text: short, why: ['rephrase: helped, 5 ms'] };
    });
    const context = tooLong();
    expect(publicWords(context)).toEqual(['public-invite']);
    const { context: helped, reasons } = await seekHelp(help, context);
    expect(wanted).toEqual([{ text: long, language: 'ar', atMost: expect.any(Number) }]);
    expect(wanted[0]?.atMost).toBeLessThan(context.capabilities.text.maxLength);
    expect(publicWords(helped)).toEqual([short]);
    expect(reasons).toEqual(['help: rephrase: helped, 5 ms', 'help: "hours" is said in fewer words']);
    expect(helped.article('hours', 'ar')?.html).toBe(`<p>${short}</p>`);
    expect(helped.article('card', 'ar')?.text).toBe(long);
  });

  it('is left as it is where help found none, or there is room for it', async () => {
    const { help } = aHelp(async () => ({ text: null, why: ['rephrase: refused (it may say the contrary), 5 ms'] }));
    const context = tooLong();
    const refused = await seekHelp(help, context);
    expect(refused.context).toBe(context);
    expect(refused.reasons).toEqual(['help: rephrase: refused (it may say the contrary), 5 ms']);
    expect(await seekHelp(help, tooLong(short))).toMatchObject({ reasons: [] });
  });

  it('is not touched where nobody may reword', async () => {
    const context = tooLong();
    expect(await seekHelp(aHelp().help, context)).toEqual({ context, reasons: [] });
  });
});
