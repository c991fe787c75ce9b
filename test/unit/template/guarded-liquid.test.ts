import { describe, expect, it } from 'vitest';
import { fallBack } from '../../../src/template/fall-back.ts';
import { liquidFault } from '../../../src/template/faults.ts';
import { createRender } from '../../../src/template/template.ts';

const say = (text: string, values: Record<string, unknown> = {}): string =>
  createRender([{ id: 'a', group: 'a', texts: { en: text } }], 'UTC')('a', 'en', values);

describe('an edited text', () => {
  it.each([
    '{% for i in (1..100000000) %}{{ i }}{% endfor %}',
    '{% for i in (1..300) %}{% for j in (1..300) %}{% for k in (1..300) %}x{% endfor %}{% endfor %}{% endfor %}',
    '{% assign a = "xxxxxxxx" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
  ])('that takes too much is given up within a second: %.30s', (text) => {
    const began = performance.now();
    expect(() => say(text)).toThrow(/limit exceeded/);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('that is too long, or reaches for a file, is no valid template', () => {
    expect(liquidFault('x'.repeat(20_001))?.message).toContain('limit exceeded');
    for (const tag of ['include', 'render', 'layout'])
      expect(liquidFault(`first\n{% ${tag} "package.json" %}`)).toMatchObject({ line: 2 });
    expect(() => say('{% include "package.json" %}')).toThrow(/include/);
  });
});

describe('falling back', () => {
  const told: string[] = [];
  const shipped = createRender([{ id: 'a', group: 'a', texts: { en: 'shipped {{ x }}' } }], 'UTC');
  const edited = createRender([{ id: 'a', group: 'a', texts: { en: 'edited {{ y }}' } }], 'UTC');
  const render = fallBack(
    () => edited,
    shipped,
    (_error, template) => told.push(template),
  );

  it('says the edited text where it can be said', () => {
    expect([render('a', 'en', { y: 'Y', x: 'X' }), told]).toEqual(['edited Y', []]);
  });

  it('says the shipped text where it cannot, and tells once', () => {
    expect([render('a', 'en', { x: 'X' }), render('a', 'en', { x: 'X' })]).toEqual(['shipped X', 'shipped X']);
    expect(told).toEqual(['a']);
  });

  it('throws where there is neither', () => {
    expect(() => render('b', 'en')).toThrow('template "b"');
  });
});
