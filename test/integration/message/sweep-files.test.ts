import { afterEach, beforeEach, expect, it } from 'vitest';
import { attachments } from '../../../src/message/message.ts';
import { sources } from '../../../src/message/sources.ts';
import { sweepFiles } from '../../../src/message/sweep-files.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';
import { removeStore } from '../../support/store-env.ts';

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow();
});
afterEach(async () => {
  await test.close();
  await removeStore(test.directory);
});

async function* bytes() {
  yield Buffer.from('content');
}

const upload = async () => {
  const file = { inboxId: 'fake', address: 'visitor', name: 'a.txt', type: 'text/plain', maxBytes: 100, from: bytes() };
  const saved = await test.channel.sink?.saveAttachment(file);
  return saved?.id ?? '';
};

const inTwoDays = '2026-11-24T08:00:00.000Z';

it('removes a file that was never sent with its bytes, and keeps one that a message carries', async () => {
  const [unsent, sent] = [await upload(), await upload()];
  await test.say('انظر المرفق', { attachments: [{ attachmentId: sent }] } as never);
  await sweepFiles(test.store, '2026-11-22T08:00:00.000Z', 10);
  expect(await test.store.blobs.get(unsent)).not.toBeNull();
  await sweepFiles(test.store, inTwoDays, 10);
  expect([await test.store.get(attachments, unsent), await test.store.blobs.get(unsent)]).toEqual([null, null]);
  expect(await test.store.get(attachments, sent)).not.toBeNull();
  const kept = await test.store.blobs.get(sent);
  expect(kept).not.toBeNull();
  kept?.destroy();
});

it('removes sources whose time is over, small and large ones', async () => {
  for (const size of [10, 100_000]) {
    const source = { gzip: new Uint8Array(size), keepDays: 1 };
    await test.say('كيف أطلب شهادة؟', { externalId: `mail-${size}`, source } as never);
  }
  const kept = (await test.store.find(sources, { index: 'by-expiry' })).items;
  expect(kept.map(({ blobId }) => blobId !== null).sort()).toEqual([false, true]);
  const blob = kept.find(({ blobId }) => blobId)?.blobId ?? '';
  await sweepFiles(test.store, inTwoDays, 10);
  expect((await test.store.find(sources, { index: 'by-expiry' })).items).toEqual([]);
  expect(await test.store.blobs.get(blob)).toBeNull();
});
