import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/knowledge/article.ts';
import { createKnowledge } from '../../../src/knowledge/engine.ts';
import { explain } from '../../../src/web/console/conversation/explain.ts';
import { arReasons } from '../../../src/web/console/texts/ar-reasons.ts';
import { sourceTree } from '../../source-tree.ts';

describe('a reason of the assistant', () => {
  it('is read with the articles that it speaks of', () => {
    expect(explain('knowledge: says "loan-laptop"')).toMatchObject({ key: 'says', articleIds: ['loan-laptop'] });
    expect(explain('knowledge: unsure between a, b, c')).toMatchObject({ key: 'unsure', articleIds: ['a', 'b', 'c'] });
  });

  it('is read with its values', () => {
    expect(explain('intake: known name, entity')).toMatchObject({ key: 'known', values: { fields: 'name, entity' } });
    expect(explain('ticket: a complaint (0.87), service halls')).toMatchObject({
      key: 'ticketOf',
      values: { type: 'complaint', confidence: '0.87' },
    });
    const candidate =
      'hours: like "متى تفتحون؟", likeness 0.91, lead 0.40, knows 100 % of the words that matter, confidence 0.99';
    expect(explain(`knowledge: ${candidate}`)).toMatchObject({
      key: 'candidate',
      articleIds: ['hours'],
      values: { phrasing: 'متى تفتحون؟', known: '100', confidence: '0.99' },
    });
  });

  it('is read in all that the bank itself writes of a question', () => {
    const article = (id: string, phrasings: string[]): Article => ({
      id,
      status: 'published',
      title: { ar: id },
      body: { ar: 'الجواب' },
      phrasings: { ar: phrasings },
    });
    const bank = createKnowledge([
      article('hours', ['متى تفتحون', 'أوقات الدوام', 'ساعات العمل عندكم']),
      article('projector', ['جهاز العرض خربان', 'البروجكتر لا يعمل', 'عطل في جهاز العرض']),
    ]);
    const asked = ['متى أوقات الدوام', 'جهاز عرض جديد للمكتب', 'عطل في سيارة جارنا الأحمر', 'زمردة', 'عطل الدوام'];
    const written = asked.flatMap((text) => bank.answer(text).why.map((line) => `knowledge: ${line}`));
    expect(new Set(written.map((line) => explain(line).key)).size).toBeGreaterThanOrEqual(5);
    expect(written.filter((line) => explain(line).key === null)).toEqual([]);
    for (const outcome of ['none', 'choose'])
      expect(
        explain(`knowledge: ${outcome}: more than half of the words that matter are strange to the article`).key,
      ).toBe('strangeWords');
  });

  it('is read where models of the operator helped', () => {
    const read = (line: string) => explain(`knowledge: ${line}`);
    expect(read('read as: نقل كفيل; says: transfer').values).toEqual({ words: 'نقل كفيل' });
    expect(read('near: helped, 31 ms').key).toBe('modelHelped');
    expect(read('choose: refused (it names none), 400 ms').key).toBe('modelNothing');
    expect(read('rephrase: timed-out, 0 ms').key).toBe('modelFailed');
    expect(read('answer: words and meaning agree on "hours"')).toMatchObject({
      key: 'meaningAgrees',
      articleIds: ['hours'],
    });
  });

  it('stands as it was written where it is not known', () => {
    expect(explain('magic: because')).toEqual({ key: null, values: {}, articleIds: [], written: 'magic: because' });
  });

  it('is known in every fixed sentence that the responders write', () => {
    const prefixes = [
      ['join-code', 'join code'],
      ['solved', 'solved'],
      ['objecting', 'objection'],
      ['escalating', 'escalation'],
      ['data', 'data'],
    ] as const;
    const responders = sourceTree.filter(({ path }) => path.startsWith('src/flow/responders/'));
    const written = responders.flatMap(({ text }) =>
      [
        ...text.matchAll(
          /'((?:agent here|screen|intake|knowledge|follow-up|rating|solved|objection|escalation|data|urgent|abuse): [^']+)'/g,
        ),
      ].map(([, reason]) => reason ?? ''),
    );
    const ended = responders.flatMap(({ path, text }) =>
      [...text.matchAll(/\bend\(\s*'([^']+)'/g)].map(
        ([, reason]) => `${prefixes.find(([file]) => path.endsWith(`/${file}.ts`))?.[1] ?? 'command'}: ${reason}`,
      ),
    );
    const rated = responders.find(({ path }) => path.endsWith('/rating.ts'))?.text ?? '';
    const ofRating = [...rated.matchAll(/(?:goOn\(|silent\(context, asked, )'([^']+)'/g)];
    written.push(...ofRating.map(([, reason]) => `rating: ${reason}`));
    written.push(...ended);
    expect(ended.length).toBeGreaterThan(5);
    expect(ofRating.length).toBeGreaterThan(4);
    expect(written.length).toBeGreaterThan(12);
    expect(written.filter((reason) => explain(reason).key === null)).toEqual([]);
  });

  it('is known in what people do to their tickets', () => {
    const written = [
      'solved: 26000010 is solved, says the person',
      'solved: 26000010 is not solved: it goes back',
      'solved: 26000010 goes back, nothing more was said',
      'solved: 26000010 is not solved: asked what is missing',
      'solved: 26000010: added, and asked whether it is solved',
      'objection: to the answer of 26000010',
      'objection: to the answer of 26000010: asked why',
      'objection: not possible for 26000010: too-late',
      'escalation: 26000010 is raised',
      'escalation: 26000010 cannot be raised: not-yet',
      'data: what 26000010 waited for',
      'data: 26000010 is open again',
      'data: too late for 26000010: a new request is offered',
      'data: a new request that goes on with 26000010',
      'urgent: 26000010 cannot wait',
    ].map(explain);
    expect(written.filter(({ key, values }) => key === null || values.number !== '26000010')).toEqual([]);
    const forms = ['asks for room', 'asks for room again', 'room is told', 'room is let go', 'a letter tells room'];
    const told = forms.map((one) => explain(`form: ${one}`));
    expect(told.filter(({ key, values }) => key === null || values.field !== 'room')).toEqual([]);
  });

  it('is known in every sentence that is written of public posts', () => {
    const texts = sourceTree.filter(({ path }) => /^src\/flow\/responders\/(?:read-post|public-post)\.ts$/.test(path));
    const written = texts.flatMap(({ text }) => [
      ...[...text.matchAll(/(?:why: |post\('[a-z-]+', )'([^']+)'/g)].map(([, why]) => why),
      ...[...text.matchAll(/return '((?:nothing but|many) [^']+)'/g)].map(([, why]) => why),
      ...[...text.matchAll(/^ {2}(?:never|answered|hostile|'[a-z ]+'): '([^']+)'/gm)].map(([, why]) => why),
      ...[...text.matchAll(/done\(\['([^']+)'/g)].map(([, why]) => why),
    ]);
    expect(written.length).toBeGreaterThan(16);
    expect(written.filter((why) => explain(`public: ${why}`).key === null)).toEqual([]);
    expect(explain('public: a complaint')).toMatchObject({ key: 'postType', values: { type: 'complaint' } });
    expect(explain('public: answers with "loan-laptop"')).toMatchObject({ key: 'says', articleIds: ['loan-laptop'] });
  });

  it('has a text for every key', () => {
    const keys = [
      'agent here: an agent has the conversation',
      'command: status of 26000010',
      'knowledge: language: ar',
    ].map((reason) => explain(reason).key);
    for (const key of keys) expect(Object.keys(arReasons.reasons)).toContain(key);
  });
});
