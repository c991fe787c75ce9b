import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { messages } from '../../../src/message/message.ts';
import type { Op } from '../../../src/store/port.ts';
import { answeredBy, auditMails, killWhileMailsFlow, type MailsKilled } from '../../bench/support/email-kills.ts';
import { type MailHouse, openInProcess } from '../../bench/support/email-rig.ts';
import { openStoreOf, removeStore } from '../../support/store-env.ts';

const directory = mkdtempSync(join(tmpdir(), 'wasl-mail-crash-'));
let house: MailHouse;
let killed: MailsKilled;
beforeAll(async () => {
  house = await openInProcess('the same everywhere');
  killed = await killWhileMailsFlow({ house, directory, kills: 5, mails: 320, seed: 20_261_121 });
}, 180_000);
afterAll(async () => {
  await house.close();
  await removeStore(directory);
});

it('loses, doubles and forgets no mail when the gateway is killed again and again while they flow in', async () => {
  const { size, faults } = await auditMails(directory, killed);
  expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((name) => [name, 0])));
  expect(killed.underLoad).toBeGreaterThan(0);
  expect(size.people).toBeGreaterThan(250);
});

it('would see a mail that was lost or stored twice, and a person who got nothing or two answers', async () => {
  const store = await openStoreOf(directory);
  const where = { direction: 'inbound', inboxId: 'email' };
  const [lost, other] = (await store.find(messages, { index: 'by-external-id', where, limit: 2 })).items;
  const twin = { ...other, id: 'twin', externalId: 'nobody sent this', seq: 1_000_000 };
  const ops = [
    { op: 'remove', in: messages, id: lost?.id },
    { op: 'insert', in: messages, document: twin },
  ] as Op[];
  expect(await store.write(ops)).toMatchObject({ ok: true });
  await store.close();
  const [first, second] = [...answeredBy(killed.letters).keys()];
  const changed = killed.letters
    .filter(({ raw }) => !raw.includes(`In-Reply-To: ${first}`))
    .flatMap((letter) => {
      if (!letter.raw.includes(`In-Reply-To: ${second}`)) return [letter];
      const raw = Buffer.from(letter.raw.toString('latin1').replace(/^Message-ID: </m, '$&another-'), 'latin1');
      return [letter, { ...letter, raw }];
    });
  expect((await auditMails(directory, { ...killed, letters: changed })).faults).toMatchObject({
    'mails not stored': 1,
    'messages that nobody sent': 1,
    'people without an answer': 1,
    'people with two different answers': 1,
  });
});
