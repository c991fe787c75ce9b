import { describe, expect, test } from 'vitest';
import { ContentError } from '../../../src/content/content-error.ts';
import { loadArticles } from '../../../src/knowledge/load.ts';
import { contentDirectory, faultsOf } from './content-directory.ts';

const good = `---
status: published
title:
  ar: استعارة كاميرا
  en: Borrowing a camera
service: loan
department: stores
phrasings:
  ar:
    - ابي كاميرا
  en:
    - camera loan
---
<!-- ar -->
نعم.

<!-- en -->
Yes.
`;
const targets = { services: [{ id: 'loan' }], departments: [{ id: 'stores' }] };

async function faultsIn(text: string, name = 'camera.md') {
  const directory = await contentDirectory({ [name]: text });
  return faultsOf(() => loadArticles(directory, targets));
}

describe('an article file', () => {
  test('becomes an article whose id is the file name', async () => {
    const directory = await contentDirectory({ 'camera.md': good, 'notes.txt': 'not an article' });
    expect(await loadArticles(directory, targets)).toEqual([
      {
        id: 'camera',
        status: 'published',
        title: { ar: 'استعارة كاميرا', en: 'Borrowing a camera' },
        body: { ar: 'نعم.', en: 'Yes.' },
        phrasings: { ar: ['ابي كاميرا'], en: ['camera loan'] },
        service: 'loan',
        departmentId: 'stores',
      },
    ]);
  });

  test('may have Windows line ends and a byte order mark', async () => {
    const directory = await contentDirectory({ 'camera.md': `\uFEFF${good.replaceAll('\n', '\r\n')}` });
    expect((await loadArticles(directory))[0]?.body).toEqual({ ar: 'نعم.', en: 'Yes.' });
  });

  test('may be in one language only', async () => {
    const text = '---\nstatus: draft\ntitle:\n  ar: سؤال\nphrasings:\n  ar: [سؤال]\n---\n<!-- ar -->\nجواب\n';
    const directory = await contentDirectory({ 'one.md': text });
    expect((await loadArticles(directory))[0]).toMatchObject({ title: { ar: 'سؤال' }, body: { ar: 'جواب' } });
  });
});

describe('a broken article names file and line', () => {
  test('when the front matter is never closed', async () => {
    const [fault] = await faultsIn(good.replace('---\n<!-- ar', '<!-- ar'));
    expect(fault).toMatchObject({ file: 'camera.md', line: 1, message: expect.stringContaining('never closed') });
  });

  test('when there is no front matter at all', async () => {
    expect(await faultsIn('<!-- ar -->\nنص\n')).toMatchObject([{ line: 1, message: expect.stringContaining('begin') }]);
  });

  test('when the YAML cannot be read', async () => {
    const faults = await faultsIn(good.replace('en: Borrowing a camera', 'en: "Borrowing'));
    expect(faults[0]).toMatchObject({ file: 'camera.md', message: expect.stringContaining('not valid YAML') });
    const [colon] = await faultsIn(good.replace('Borrowing a camera', 'Borrowing: a camera'));
    expect(colon).toMatchObject({ line: 5, message: expect.stringContaining('colons') });
  });

  test('when a field is not known, and says which are', async () => {
    const [fault] = await faultsIn(good.replace('department: stores', 'departement: stores'));
    expect(fault).toMatchObject({ line: 7, message: expect.stringMatching(/"departement" is not known.*department/) });
  });

  test('when a field is missing or has a wrong value', async () => {
    const faults = await faultsIn(good.replace('status: published', 'status: public').replace(/title:\n.*\n.*\n/, ''));
    expect(faults.map(({ line, message }) => [line, message])).toEqual([
      [2, '"status" must be one of: draft, published.'],
      [2, '"title" is missing: add it.'],
    ]);
  });

  test('when a phrasing is empty', async () => {
    expect(await faultsIn(good.replace('- camera loan', '- ""'))).toMatchObject([
      { line: 12, message: expect.stringContaining('"phrasings.en.#1" is empty') },
    ]);
  });

  test('when the answer in a language of the title is missing', async () => {
    expect(await faultsIn(good.replace('\n<!-- en -->\nYes.\n', ''))).toMatchObject([
      { line: 14, message: expect.stringContaining('<!-- en --> is missing') },
    ]);
  });

  test('when an answer or a phrasing has no title in its language', async () => {
    expect(await faultsIn(good.replace('  en: Borrowing a camera\n', ''))).toMatchObject([
      { line: 3, message: '"title.en" is missing: add it.' },
    ]);
  });

  test('when a section is empty, doubled, without a language or in another language', async () => {
    expect(await faultsIn(good.replace('Yes.\n', ''))).toMatchObject([{ line: 17 }]);
    expect(await faultsIn(`${good}<!-- en -->\nYes again.\n`)).toMatchObject([
      { line: 19, message: expect.stringContaining('twice') },
    ]);
    expect(await faultsIn(good.replace('<!-- ar -->', 'Hello\n<!-- ar -->'))).toMatchObject([
      { line: 14, message: expect.stringContaining('no language') },
    ]);
    expect((await faultsIn(`${good}<!-- fr -->\nOui.\n`))[0]).toMatchObject({ line: 19 });
  });

  test('when the service or the department does not exist', async () => {
    const faults = await faultsIn(
      good.replace('service: loan', 'service: lone').replace('department: stores', 'department: x'),
    );
    expect(faults).toMatchObject([
      { line: 6, message: expect.stringMatching(/no service "lone".*Known: loan\./) },
      { line: 7, message: expect.stringMatching(/no department "x".*Known: stores\./) },
    ]);
  });

  test('when the file name cannot be an id', async () => {
    expect(await faultsIn(good, 'كاميرا.md')).toMatchObject([
      { line: 1, message: expect.stringContaining('cannot be an id') },
    ]);
  });

  test('together with the faults of all other files, in one error', async () => {
    const directory = await contentDirectory({ 'a.md': 'x', 'b.md': good, 'c.md': good.replace('loan', 'lone') });
    const faults = await faultsOf(() => loadArticles(directory, targets));
    expect(faults.map(({ file, line }) => `${file}:${line}`)).toEqual(['a.md:1', 'c.md:6']);
    await expect(loadArticles(directory, targets)).rejects.toThrow(/2 faults:\n.*a\.md:1: .*\n.*c\.md:6: /);
  });

  test('when the directory is not there', async () => {
    await expect(loadArticles('no-such-directory')).rejects.toThrow(ContentError);
  });
});
