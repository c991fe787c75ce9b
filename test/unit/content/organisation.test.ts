import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadOrganisation } from '../../../src/organisation/load.ts';
import { contentDirectory, faultsOf } from './content-directory.ts';

const shipped = 'knowledge-base/organisation';

/** The faults of the shipped organisation after one text in one of its files is replaced, and the line of that text. */
async function afterChange(name: string, text: string, replacement: string) {
  const original = await readFile(join(shipped, name), 'utf8');
  const line = original.slice(0, original.indexOf(text)).split('\n').length;
  expect(original).toContain(text);
  const directory = await contentDirectory({ [name]: original.replace(text, () => replacement) }, shipped);
  return { line, faults: await faultsOf(() => loadOrganisation(directory)) };
}

describe('a broken organisation file names file and line', () => {
  test('when a service belongs to no department', async () => {
    const { line, faults } = await afterChange('services.yaml', 'departmentId: halls', 'departmentId: hals');
    expect(faults).toEqual([
      { file: 'services.yaml', line, message: expect.stringMatching(/no department "hals".*Known: care, halls/) },
    ]);
  });

  test('when a calendar does not exist', async () => {
    const organisation = await afterChange('organisation.yaml', 'calendarId: office', 'calendarId: offices');
    expect(organisation.faults).toMatchObject([{ file: 'organisation.yaml', line: organisation.line }]);
    const sla = await afterChange('sla.yaml', 'calendarId: office', 'calendarId: offices');
    expect(sla.faults).toMatchObject([{ file: 'sla.yaml', line: sla.line }]);
  });

  test('when an id stands twice', async () => {
    const { line, faults } = await afterChange('departments.yaml', '- id: labs', '- id: stores');
    expect(faults[0]).toMatchObject({
      file: 'departments.yaml',
      message: expect.stringContaining('"stores" stands twice'),
    });
    expect(faults[0]?.line).toBeGreaterThan(line);
    const category = await afterChange('organisation.yaml', '- id: outside', '- id: student');
    expect(category.faults).toMatchObject([{ file: 'organisation.yaml', line: category.line }]);
  });

  test('when no department or more than one is the care unit', async () => {
    const none = await afterChange('departments.yaml', '  careUnit: true\n', '');
    expect(none.faults).toMatchObject([
      { file: 'departments.yaml', message: expect.stringContaining('No department') },
    ]);
    const two = await afterChange('departments.yaml', '  email: labs@', '  careUnit: true\n  email: labs@');
    expect(two.faults).toMatchObject([{ file: 'departments.yaml', line: two.line }]);
  });

  test('when casework names what there is not', async () => {
    const { line, faults } = await afterChange('casework.yaml', 'services: [maintenance]\n', 'services: [catering]\n');
    expect(faults).toEqual([
      { file: 'casework.yaml', line, message: expect.stringContaining('There is no service "catering"') },
    ]);
    const rule = await afterChange(
      'casework.yaml',
      'conditions: []',
      'conditions: [{ id: x, name: { ar: س, en: x }, rule: { is: field-given, field: nothing } }]',
    );
    expect(rule.faults).toMatchObject([{ file: 'casework.yaml', line: rule.line }]);
  });

  test('when a text lacks a language, a time is no time and a field is misspelt', async () => {
    const language = await afterChange('departments.yaml', '    en: Computer Labs\n', '');
    expect(language.faults).toMatchObject([{ message: '"#6.name.en" is missing: add it.', line: language.line - 2 }]);
    const time = await afterChange('calendars.yaml', 'mon: [["07:30"', 'mon: [["7:30"');
    expect(time.faults[0]).toMatchObject({ line: time.line, message: expect.stringContaining('HH:MM') });
    const field = await afterChange('sla.yaml', 'firstResponse', 'fristResponse');
    expect(field.faults).toMatchObject([{ line: field.line, message: expect.stringContaining('"fristResponse"') }]);
  });

  test('when the synonyms of editors contradict themselves, or sureness is no share of answers', async () => {
    const rows = '  ar:\n    - [طابعة]\n    - [مكيف, تبريد]\n    - [تكييف, تبريد]';
    const { line, faults } = await afterChange('knowledge.yaml', '  ar: []', rows);
    expect(faults).toEqual([
      { file: 'knowledge.yaml', line: line + 1, message: expect.stringContaining('two different words') },
      { file: 'knowledge.yaml', line: line + 3, message: expect.stringContaining('row 2 too') },
    ]);
    const sure = await afterChange('knowledge.yaml', 'sureness: 0.95', 'sureness: 95');
    expect(sure.faults).toMatchObject([{ line: sure.line, message: expect.stringContaining('write 0.5 to 0.999') }]);
  });

  test('when a file is missing, together with the faults of the others', async () => {
    const services = await readFile(join(shipped, 'services.yaml'), 'utf8');
    const directory = await contentDirectory({ 'services.yaml': services, 'intake.yaml': 'questions: [\n' });
    const faults = await faultsOf(() => loadOrganisation(directory));
    const others = ['intake.yaml', 'calendars.yaml', 'sla.yaml', 'knowledge.yaml', 'casework.yaml'];
    const names = ['organisation.yaml', 'departments.yaml', ...others];
    expect([...new Set(faults.map(({ file }) => file))]).toEqual(names);
  });
});
