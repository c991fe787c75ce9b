import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WaslError } from '../../../src/errors.ts';
import { fillTemplate } from '../../../src/flow/fill-template.ts';

const template = {
  name: 'ready',
  language: 'ar',
  parts: [
    { part: 'header' as const, text: 'طلب {{1}}' },
    { part: 'body' as const, text: 'أهلاً {{name}}، طلبك {{number}} جاهز.' },
    { part: 'footer' as const, text: 'وحدة العناية' },
    { part: 'button' as const, text: 'https://care.example.edu/{{1}}' },
  ],
  variables: [
    { part: 'header' as const, name: '1', example: '' },
    { part: 'body' as const, name: 'name', example: '' },
    { part: 'body' as const, name: 'number', example: '' },
    { part: 'button' as const, name: '1', example: '' },
  ],
};
const given = [
  { part: 'button' as const, name: '1', value: 'follow' },
  { part: 'body' as const, name: 'number', value: ' 26000010 ' },
  { part: 'body' as const, name: 'name', value: 'سارة' },
  { part: 'header' as const, name: '1', value: '26000010' },
];
const without = (name: string) => given.filter((one) => one.name !== name);
const faultOf = (parameters: Parameters<typeof fillTemplate>[1]): string => {
  try {
    fillTemplate(template, parameters);
  } catch (error) {
    if (error instanceof WaslError) return error.message;
  }
  throw new Error('it was filled');
};

describe('filling a template', () => {
  it('shows what the person will read, and keeps the variables in the order of the template', () => {
    expect(fillTemplate(template, given)).toEqual({
      text: 'طلب 26000010\n\nأهلاً سارة، طلبك 26000010 جاهز.\n\nوحدة العناية',
      approved: {
        name: 'ready',
        language: 'ar',
        parameters: [
          { part: 'header', name: '1', value: '26000010' },
          { part: 'body', name: 'name', value: 'سارة' },
          { part: 'body', name: 'number', value: '26000010' },
          { part: 'button', name: '1', value: 'follow' },
        ],
      },
    });
  });

  it('asks for every variable by its name', () => {
    expect(faultOf(without('name'))).toContain('"name" of the body is not filled in');
    expect(faultOf([...without('name'), { part: 'body', name: 'name', value: '  ' }])).toContain('"name"');
  });

  it('refuses a variable that the template does not have', () => {
    expect(faultOf([...given, { part: 'body', name: 'colour', value: 'x' }])).toContain('no such variable');
  });

  it('refuses what the provider refuses: line breaks, tabs, rows of spaces, more letters than fit', () => {
    const named = (value: string) => [...without('name'), { part: 'body' as const, name: 'name', value }];
    for (const value of ['a\nb', 'a\tb', 'a     b']) expect(faultOf(named(value))).toContain('not allowed');
    expect(faultOf(named('س'.repeat(1_020)))).toContain('longer than 1024');
    expect(fillTemplate(template, named('س'.repeat(900))).approved.parameters).toHaveLength(4);
  });

  it('fills in what is written and nothing within it', () => {
    fc.assert(
      fc.property(fc.constantFrom('{{number}}', '$&', '$1', '{{', '\\'), (value) => {
        const { text } = fillTemplate(template, [...without('name'), { part: 'body', name: 'name', value }]);
        expect(text).toContain(`أهلاً ${value}،`);
      }),
    );
  });
});
