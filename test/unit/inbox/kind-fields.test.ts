import { describe, expect, it } from 'vitest';
import { kindForms, maskSecrets } from '../../../src/inbox/kind-fields.ts';
import { createPostKind } from '../../fakes/post-kind.ts';

describe('the form of a kind', () => {
  it('tells of each field what it is for, whether it must be given, and what it is without', () => {
    const { kind } = createPostKind();
    const [form] = kindForms([{ kind: 'chat', create: kind.create }, kind]);
    expect(form?.channel).toBe('post');
    expect(form?.fields.map(({ name, required, secret, default: usual }) => [name, required, secret, usual])).toEqual([
      ['SERVER_URL', true, true, null],
      ['TOKEN', false, true, null],
      ['FOLDER', false, false, 'INBOX'],
      ['LIMIT', false, false, '5'],
      ['ADDRESS', false, false, null],
      ['MODE', false, false, 'quick'],
    ]);
    expect(form?.fields.every(({ help }) => help.endsWith('.'))).toBe(true);
    expect(form?.fields.at(-1)?.choices).toEqual(['quick', 'slow']);
  });

  it('is left out where a kind has nothing to set up', () => {
    expect(kindForms([{ kind: 'chat', create: createPostKind().kind.create }])).toEqual([]);
  });
});

describe('a secret', () => {
  const mask = (value: string) => maskSecrets({ secrets: ['A'] }, { A: value }).A;

  it('is shown as who signs in where, where it is the address of a server', () => {
    expect(mask('imaps://care%40example.org:pass%3Aword@mail.example.org:993/box?pass=word#word')).toBe(
      'imaps://care%40example.org@mail.example.org:993',
    );
    expect(mask('smtp://localhost:25')).toBe('smtp://localhost:25');
  });

  it('is shown only as being there, whatever else it is', () => {
    for (const value of ['word', 'pass:word', '1//0gWord', 'x:/word', 'https:///word', '://word']) {
      expect(String(mask(value))).not.toContain('word');
    }
    expect(mask('word')).toBe(true);
  });

  it('leaves other settings as they are', () => {
    expect(maskSecrets({ secrets: ['A'] }, { B: 'INBOX' })).toEqual({ B: 'INBOX' });
  });
});
