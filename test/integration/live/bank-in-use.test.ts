import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Article } from '../../../src/knowledge/article.ts';
import { type BankInUse, openBankInUse, type Sources } from '../../../src/live/bank-in-use.ts';
import { anArticle, booking, camera, complaint, hours, lists, noSynonyms } from './a-lesson.ts';

let errors: unknown[];
let opened: BankInUse[];
beforeEach(() => {
  errors = [];
  opened = [];
});
afterEach(() => {
  for (const one of opened) one.stop();
});

const sourcesOf = (articles: Article[], setting: Partial<Sources['setting']> = {}): Sources => ({
  articles: new Map(articles.map((one) => [one.id, one])),
  setting: { sureness: 0.95, synonyms: noSynonyms, ...setting },
});
const open = async (first: Sources, keptIn: string | null = null): Promise<BankInUse> => {
  const bank = await openBankInUse(first, {
    lists,
    synonyms: noSynonyms,
    keptIn,
    onError: (error) => errors.push(error),
  });
  opened.push(bank);
  return bank;
};
const best = (bank: BankInUse, text: string): string | undefined => bank.knowledge().answer(text).articles[0]?.id;
const why = (bank: BankInUse, text: string): string => bank.knowledge().answer(text).why.join('\n');

const all = [hours, complaint, booking, camera];
const parking = anArticle('parking', 'تصريح موقف السيارة', 'أين أوقف سيارتي', 'بطاقة المواقف');

describe('the bank in use', { timeout: 60_000 }, () => {
  it('counts an added article at once, and learns it', async () => {
    const bank = await open(sourcesOf(all));
    bank.take(sourcesOf([...all, parking]));
    expect(best(bank, 'أين أوقف سيارتي')).toBe('parking');
    await bank.settled();
    expect(best(bank, 'أين أوقف سيارتي')).toBe('parking');
    expect(errors).toEqual([]);
  });

  it('counts no removed and no unpublished article from the moment on', async () => {
    const bank = await open(sourcesOf(all));
    bank.take(sourcesOf([hours, booking, { ...camera, status: 'draft' }]));
    for (const at of ['at once', 'learned']) {
      expect(best(bank, 'أريد رفع شكوى'), at).not.toBe('complaint');
      expect(best(bank, 'استعارة كاميرا'), at).not.toBe('camera');
      await bank.settled();
    }
  });

  it('counts an edit again when it is taken back while the edit is being learned', async () => {
    const bank = await open(sourcesOf(all));
    bank.take(sourcesOf([hours, booking, camera]));
    bank.take(sourcesOf(all));
    expect(best(bank, 'أريد رفع شكوى')).toBe('complaint');
    await bank.settled();
    expect(best(bank, 'أريد رفع شكوى')).toBe('complaint');
  });

  it('learns the newest of many edits', async () => {
    const bank = await open(sourcesOf(all));
    for (let at = 0; at < 20; at += 1) bank.take(sourcesOf([...all, { ...parking, title: { ar: `الموقف ${at}` } }]));
    await bank.settled();
    expect(bank.knowledge().answer('أين أوقف سيارتي').articles[0]).toMatchObject({ id: 'parking', title: 'الموقف 19' });
  });

  it('learns very many edits before they count', async () => {
    const bank = await open(sourcesOf(all));
    const many = Array.from({ length: 401 }, (_, at) => anArticle(`room-${at}`, `قاعة رقم ${at}`));
    bank.take(sourcesOf([...all, ...many, parking]));
    expect(best(bank, 'أين أوقف سيارتي')).not.toBe('parking');
    await bank.settled();
    expect(best(bank, 'أين أوقف سيارتي')).toBe('parking');
  });

  it('follows how sure an answer must be at once', async () => {
    const bank = await open(sourcesOf(all));
    const outcomes = [0.95, 0.999].map((sureness) => {
      bank.take(sourcesOf(all, { sureness }));
      return bank.knowledge().answer('متى أحجز').outcome;
    });
    expect(outcomes).toEqual(['answer', 'choose']);
  });

  it('follows the synonyms of the editors once they are learned', async () => {
    const bank = await open(sourcesOf(all));
    const synonyms = { ar: [['كاميرا', 'قمرة']], en: [] };
    expect(best(bank, 'قمرة')).not.toBe('camera');
    bank.take(sourcesOf(all, { synonyms }));
    await bank.settled();
    expect(best(bank, 'قمرة')).toBe('camera');
    expect(why(bank, 'قمرة')).toContain('~كاميرا');
    bank.take(sourcesOf(all));
    await bank.settled();
    expect(best(bank, 'قمرة')).not.toBe('camera');
  });

  it('takes an edit of what is not published for none', async () => {
    const bank = await open(sourcesOf(all));
    const before = bank.knowledge().answer('أريد رفع شكوى');
    bank.take(sourcesOf([...all, { ...parking, status: 'draft' }]));
    await bank.settled();
    expect(bank.knowledge().answer('أريد رفع شكوى')).toEqual(before);
  });

  it('tells what cannot be learned, keeps the old bank, and learns the next edit', async () => {
    const bank = await open(sourcesOf(all));
    bank.take(sourcesOf(all, { synonyms: { ar: null as never, en: [] } }));
    await bank.settled();
    expect(errors).toHaveLength(1);
    expect(best(bank, 'أريد رفع شكوى')).toBe('complaint');
    bank.take(sourcesOf([...all, parking]));
    await bank.settled();
    expect(errors).toHaveLength(1);
    expect(best(bank, 'أين أوقف سيارتي')).toBe('parking');
  });

  it('says nothing of a lesson that is cut short because Wasl stops', async () => {
    const bank = await open(sourcesOf(all));
    bank.take(sourcesOf([...all, parking]));
    bank.stop();
    await bank.settled();
    expect(errors).toEqual([]);
  });

  it('begins with what was learned before of the same', async () => {
    const keptIn = mkdtempSync(join(tmpdir(), 'wasl-in-use-'));
    try {
      const first = await open(sourcesOf(all), keptIn);
      const again = await open(sourcesOf(all), keptIn);
      for (const text of ['متى تفتحون', 'حجز', 'شكوى على موظف'])
        expect(again.knowledge().answer(text)).toEqual(first.knowledge().answer(text));
    } finally {
      rmSync(keptIn, { recursive: true, force: true });
    }
  });
});
