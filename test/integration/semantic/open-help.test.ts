import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Article } from '../../../src/knowledge/article.ts';
import type { Help } from '../../../src/semantic/help.ts';
import { openNear } from '../../../src/semantic/near.ts';
import { openHelp } from '../../../src/semantic/open-help.ts';
import { fakeTransformers, makeModelFolder } from '../../fakes/semantic/model-folder.ts';

let directory: string;
let lines: string[];
let opened: Help | null;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-semantic-'));
  lines = [];
  opened = null;
});
afterEach(async () => {
  await opened?.stop();
  rmSync(directory, { recursive: true });
});

const note = (_fields: object, message: string): void => void lines.push(message);
const log = { debug: note, info: note, warn: note, error: note };
const may = { KNOWLEDGE_LLM_MAY: ['choose' as const] };
const patience = () => AbortSignal.timeout(10_000);

const open = async (folder: string, packageName = fakeTransformers): Promise<Help | null> => {
  opened = await openHelp({ ...may, KNOWLEDGE_MODEL: folder }, log, packageName);
  return opened;
};

const anArticle = (id: string, ...ar: string[]): Article => ({
  id,
  status: 'published',
  title: { ar: ar[0] },
  body: { ar: 'نص' },
  phrasings: { ar },
});

const bank = [
  anArticle('reset', 'كلمة المرور', 'نسيت كلمة المرور', 'تغيير كلمة المرور', 'password reset'),
  anArticle('card', 'بطاقة', 'بطاقة مفقودة', 'ضاعت بطاقة الطالب', 'lost my card'),
  anArticle('hours', 'الدوام', 'متى الدوام', 'أوقات الدوام', 'opening hours'),
  anArticle('fees', 'رسوم', 'رسوم الدراسة', 'دفع رسوم الفصل', 'how to pay fees'),
];

const nearest = async (help: Help | null, question: string): Promise<string | undefined> =>
  (await help?.near?.(question, 'ar', patience()))?.[0]?.id;

describe('a sentence model in a folder', () => {
  it('finds articles that mean what was asked in other words, in either language', async () => {
    const help = await open(makeModelFolder(directory));
    await help?.learn?.(bank);
    expect(await nearest(help, 'ما عرفت السر')).toBe('reset');
    expect(await nearest(help, 'they stole my badge')).toBe('card');
    expect(await nearest(help, 'متى تفتحون')).toBe('hours');
    expect(lines).toEqual(['KNOWLEDGE_MODEL: questions are also compared by meaning']);
  });

  it('is sure of what it knows, and of nothing else', async () => {
    const help = await open(makeModelFolder(directory));
    await help?.learn?.(bank);
    const [known] = (await help?.near?.('login secret', 'en', patience())) ?? [];
    const [unknown] = (await help?.near?.('weather tomorrow', 'en', patience())) ?? [];
    expect(known?.likeness).toBeGreaterThan(0.5);
    expect(unknown?.likeness).toBeLessThan(known?.likeness ?? 0);
  });

  it('follows an edited bank, and compares with published articles only', async () => {
    const help = await open(makeModelFolder(directory));
    await Promise.all([help?.learn?.(bank), help?.learn?.(bank.slice(2)), help?.learn?.([...bank.slice(0, 1)])]);
    expect(await nearest(help, 'متى تفتحون')).toBe('reset');
    await help?.learn?.(bank.map((one) => ({ ...one, status: one.id === 'hours' ? 'draft' : 'published' })));
    expect(await nearest(help, 'متى تفتحون')).not.toBe('hours');
  });

  it('knows nothing before a bank was learned', async () => {
    const help = await open(makeModelFolder(directory));
    expect(await help?.near?.('ما عرفت السر', 'ar', patience())).toEqual([]);
  });

  it('lets a question go whose time is up, and answers many at once', async () => {
    const help = await open(makeModelFolder(directory));
    await help?.learn?.(bank);
    const all = await Promise.all(Array.from({ length: 40 }, () => nearest(help, 'متى تفتحون')));
    expect(new Set(all)).toEqual(new Set(['hours']));
    const stuck = help?.near?.('forever', 'en', AbortSignal.timeout(30));
    await expect(stuck).rejects.toThrow(/timeout/);
    await expect(help?.near?.('متى', 'ar', AbortSignal.timeout(30))).rejects.toThrow(/timeout/);
    await expect(help?.near?.('متى', 'ar', AbortSignal.abort())).rejects.toThrow(/abort/);
  });

  it('that stops is told once, and each question goes on without it', async () => {
    const help = await open(makeModelFolder(directory));
    await help?.learn?.(bank);
    await expect(help?.near?.('explode', 'en', patience())).rejects.toThrow('out of memory');
    await expect(help?.near?.('متى', 'ar', patience())).rejects.toThrow('out of memory');
    await help?.learn?.(bank);
    expect(lines.slice(1)).toEqual(['KNOWLEDGE_MODEL: the sentence model stopped; Wasl goes on without it']);
  });
});

describe('what cannot be opened is told in one line, and Wasl runs on without it', () => {
  it.each([
    ['no such folder', () => join(directory, 'nowhere'), 'there is no such folder'],
    ['an empty one', () => directory, 'the folder has no config.json and no tokenizer.json'],
    ['a model that cannot be read', () => makeModelFolder(directory, 'broken'), 'the model cannot be loaded (protobuf'],
  ])('%s', async (_, folder, line) => {
    expect(await open(folder())).toBeNull();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`KNOWLEDGE_MODEL: ${line}`);
    expect(lines[0]).toContain('Wasl runs on without it.');
  });

  it('a model that takes too long to load', async () => {
    const folder = makeModelFolder(directory, 'stuck');
    const opening = openNear({ folder, packageName: fakeTransformers, log, loadWithinMs: 200 });
    await expect(opening).rejects.toThrow('the model was not loaded within 0.2 s');
  });

  it('a package that nobody installed', async () => {
    expect(await open(makeModelFolder(directory), 'a-package-that-is-not-there')).toBeNull();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('run npm install --no-save --ignore-scripts a-package-that-is-not-there');
  });

  it('a package that is another', async () => {
    expect(await open(makeModelFolder(directory), 'node:path')).toBeNull();
    expect(lines[0]).toContain('is none that Wasl knows');
  });

  it.each([
    [{ KNOWLEDGE_LLM_URL: 'http://127.0.0.1:1/v1' }, 'KNOWLEDGE_LLM_URL: KNOWLEDGE_LLM_MODEL is needed too'],
    [{ KNOWLEDGE_LLM_MODEL: 'small' }, 'KNOWLEDGE_LLM_MODEL: KNOWLEDGE_LLM_URL is needed too'],
  ])('half of an endpoint', async (settings, line) => {
    expect(await openHelp({ ...may, ...settings }, log)).toBeNull();
    expect(lines[0]).toContain(line);
  });
});

describe('an endpoint', () => {
  const whole = { KNOWLEDGE_LLM_URL: 'http://127.0.0.1:1/v1/', KNOWLEDGE_LLM_MODEL: 'small' };

  it('may choose, and rephrase only where that is allowed', async () => {
    const help = await openHelp({ ...whole, ...may }, log);
    expect([typeof help?.choose, typeof help?.rephrase, typeof help?.near]).toEqual([
      'function',
      'undefined',
      'undefined',
    ]);
    const more = await openHelp({ ...whole, KNOWLEDGE_LLM_MAY: ['choose', 'rephrase'] }, log);
    expect(typeof more?.rephrase).toBe('function');
    expect(lines).toEqual([]);
  });
});
