import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unreadable } from '../../../../channels/email/reader/last-resort.ts';
import { readHeadOnly } from '../../../../channels/email/reader/read-mail.ts';
import { onePart, readingWith } from './build-mail.ts';
import { mailSchema } from './mail-schema.ts';

const raw = onePart('text/plain', 'the words');

describe('a mail that could not be read as a whole', () => {
  it('is read by its head alone', async () => {
    const mail = await readHeadOnly(raw, readingWith());
    expect(mailSchema.safeParse(mail).error).toBeUndefined();
    expect([mail.problem, mail.subject, mail.from?.address, mail.text]).toEqual([
      'unreadable',
      'A question',
      'mona@people.example',
      '',
    ]);
  });

  it('is kept with its source and its id where even that fails', async () => {
    const mail = await unreadable(raw);
    expect(mailSchema.safeParse(mail).error).toBeUndefined();
    expect([mail.problem, mail.messageId, mail.from]).toEqual(['unreadable', '<one@people.example>', null]);
    expect(gunzipSync(mail.source)).toEqual(raw);
    expect((await unreadable(Buffer.from('no head'))).messageId).toBeNull();
  });
});
