import { describe, expect, it } from 'vitest';
import { type Features, featuresOf } from '../../../src/learning/features.ts';
import { rowOf, stack, vocabularyOf } from '../../../src/learning/rows.ts';

const reading = (...words: string[]): Features =>
  featuresOf({ written: words, stems: words, ideas: words.map((word) => `idea-${word}`), others: [] });
const texts = [reading('حجز', 'قاعه'), reading('حجز', 'كاميرا'), reading('عطل', 'قاعه')];
const vocabulary = vocabularyOf(texts);
const lengthOf = (values: readonly number[]): number => Math.hypot(...values);

describe('the features of a text', () => {
  it('are pieces of its words with their ends marked, what they say, and neighbours', () => {
    const { pieces, meanings, pairs } = featuresOf({
      written: ['hall'],
      stems: ['book', 'hall'],
      ideas: ['booking'],
      others: ['hal'],
    });
    expect([...pieces.keys()].sort()).toEqual(['_h', '_ha', 'al', 'all', 'ha', 'hal', 'l_', 'll', 'll_'].sort());
    expect([...meanings]).toEqual([
      ['booking', 1],
      ['=hal', 1],
    ]);
    expect([...pairs]).toEqual([['book hall', 1]]);
  });

  it('are counted', () => {
    expect(featuresOf({ written: [], stems: [], ideas: ['pay', 'pay'], others: [] }).meanings.get('pay')).toBe(2);
  });
});

describe('a row', () => {
  it('has length 1, whatever the text is long', () => {
    for (const text of [...texts, reading('حجز'), reading(...Array<string>(200).fill('حجز'))])
      expect(lengthOf(rowOf(text, vocabulary).values)).toBeCloseTo(1, 6);
  });

  it('leaves out what the examples do not have', () => {
    const known = rowOf(reading('حجز'), vocabulary);
    const more = rowOf(reading('حجز', 'xyzxyz'), vocabulary);
    expect([...more.features].sort()).toEqual([...known.features].sort());
    for (const [at, value] of known.values.entries()) expect(more.values[at]).toBeCloseTo(value, 6);
  });

  it('is empty for a text of which nothing is known', () => {
    expect(rowOf(reading('xyzxyz'), vocabulary)).toEqual({ features: [], values: [] });
  });

  it('gives a rare meaning more than a usual one', () => {
    const { features, values } = rowOf(reading('حجز', 'كاميرا'), vocabulary);
    const weightOf = (name: string) => values[features.indexOf(vocabulary.numbers.meanings.get(name) ?? -1)] ?? 0;
    expect(weightOf('idea-كاميرا')).toBeGreaterThan(weightOf('idea-حجز'));
    expect(weightOf('idea-حجز')).toBeGreaterThan(0);
  });
});

it('rows stand one behind the other, empty ones too', () => {
  const rows = stack([
    { features: [3, 1], values: [0.5, 0.25] },
    { features: [], values: [] },
    { features: [2], values: [1] },
  ]);
  expect([...rows.starts]).toEqual([0, 2, 2, 3]);
  expect([...rows.features]).toEqual([3, 1, 2]);
  expect([...rows.values]).toEqual([0.5, 0.25, 1]);
});
