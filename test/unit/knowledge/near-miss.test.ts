import { describe, expect, it } from 'vitest';
import { createKnowledge } from '../../../src/knowledge/engine.ts';
import { anArticle, booking, camera, complaint, hours, projector, smallBank } from './an-article.ts';

const knowledge = createKnowledge(smallBank, { sureness: 0.5 });
const reasonOf = (text: string, from = knowledge): string => from.answer(text).why.at(-1) ?? '';

describe('what is near an article but outside it', () => {
  it.each(['حجز رحلة طيران إلى القاهرة', 'كاميرا مراقبة لباب المنزل', 'حجز موعد عند طبيب الأسنان'])(
    'is not answered, however little sureness is wanted: %s',
    (text) => {
      expect(knowledge.answer(text).outcome).not.toBe('answer');
    },
  );

  it('is told apart by the words that matter, of which the article knows less than half', () => {
    expect(reasonOf('حجز رحلة طيران إلى القاهرة')).toMatch(/strange to the article|is below/);
    expect(knowledge.answer('حجز رحلة طيران إلى القاهرة').why.join('\n')).toMatch(
      /knows (?:[0-4]?\d) % of the words that matter/,
    );
  });

  it('still shows the nearest articles to whoever looks', () => {
    expect(knowledge.answer('حجز رحلة طيران إلى القاهرة').articles.map(({ id }) => id)).toContain('booking');
  });
});

describe('articles that compete', () => {
  const lend = (id: string, thing: string) =>
    anArticle(id, [`استعارة ${thing}`, `استعارة ${thing} لفعالية`, `أريد استعارة ${thing}`]);
  const twins = [
    lend('loan-a', 'مكبر'),
    lend('loan-b', 'ميكروفون'),
    lend('loan-c', 'حامل'),
    hours,
    complaint,
    projector,
    booking,
  ];
  const competing = createKnowledge(twins);

  it('are offered, two or three of them', () => {
    const { outcome, articles } = competing.answer('أريد استعارة');
    expect(outcome).toBe('choose');
    expect(articles.length).toBeGreaterThanOrEqual(2);
    expect(articles.length).toBeLessThanOrEqual(3);
    for (const { id } of articles.slice(0, 2)) expect(id).toMatch(/^loan-/);
  });

  it('are not offered where the question names one', () => {
    expect(competing.answer('أريد استعارة ميكروفون')).toMatchObject({
      outcome: 'answer',
      articles: [{ id: 'loan-b' }, {}, {}],
    });
  });
});

describe('the reason', () => {
  it('is the last line, and says the outcome first', () => {
    for (const text of ['متى تفتحون أبوابكم', 'حجز رحلة طيران', 'ما عاصمة فرنسا', 'كاميرا', '', 'xyz']) {
      const { outcome, why } = knowledge.answer(text);
      const last = why.filter((line) => /^(?:answer|choose|none): /.test(line)).at(-1);
      expect(last?.split(':')[0], text).toBe(outcome);
    }
  });

  it('compares numbers that agree with it', () => {
    const below = /(\d\.\d+) is below (\d\.\d+)/;
    const wary = createKnowledge([...smallBank, camera], { sureness: 0.99 });
    for (const text of ['كاميرا للتصوير', 'حجز', 'شكوى', 'ما عاصمة فرنسا', 'دوام الشركة']) {
      const [, one, other] = below.exec(reasonOf(text, wary)) ?? [];
      if (one !== undefined) expect(Number(one), text).toBeLessThanOrEqual(Number(other));
    }
  });
});
