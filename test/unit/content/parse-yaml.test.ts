import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { parseYaml } from '../../../src/content/parse-yaml.ts';
import { faultsOf } from './content-directory.ts';

const entries = z.array(z.object({ id: z.string(), text: z.string() }));

describe('parseYaml', () => {
  test('gives back what was written', () => {
    const entry = fc.record({ id: fc.string(), text: fc.string({ unit: 'grapheme' }) });
    fc.assert(
      fc.property(fc.array(entry), (value) => {
        expect(parseYaml('x.yaml', stringify(value), entries).value).toEqual(value);
      }),
    );
  });

  test('counts lines from where the text begins in its file', async () => {
    const [fault] = await faultsOf(() => parseYaml('x.yaml', '- id: a\n  text: b\n- id: c\n', entries, 11));
    expect(fault).toEqual({ file: 'x.yaml', line: 13, message: '"#2.text" is missing: add it.' });
  });

  test('finds the line of a fault behind an alias', async () => {
    const text = '- &one { id: a, text: b, more: c }\n- *one\n';
    const faults = await faultsOf(() => parseYaml('x.yaml', text, entries));
    expect(faults.map(({ line }) => line)).toEqual([1, 1]);
  });

  test('says that an empty file is empty', async () => {
    const [fault] = await faultsOf(() => parseYaml('x.yaml', '', entries));
    expect(fault).toEqual({ file: 'x.yaml', line: 1, message: 'The file is empty: write its fields.' });
  });

  test('says what kind of value is expected', async () => {
    const [fault] = await faultsOf(() => parseYaml('x.yaml', '- id: 12\n  text: b\n', entries));
    expect(fault?.message).toBe('"#1.id" must be a text (put it in quotes if it looks like a number).');
  });
});
