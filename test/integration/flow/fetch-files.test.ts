import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FetchedFile } from '../../../src/channel/channel.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { type Attachment, attachments, type Message, messages } from '../../../src/message/message.ts';
import { StoreError } from '../../../src/store/port.ts';
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  Buffer.alloc(6_000, 7),
]);
const maxBytes = 50_000;

let test: TestFlow;
let asked: string[];
let answer: (reference: string, signal: AbortSignal) => FetchedFile | Promise<FetchedFile>;

const fetching = (): FakeChannel =>
  Object.assign(
    createFakeChannel('fake', { attachments: { maxBytes, maxCount: 1, types: [] }, fetchAttachment: true }),
    {
      fetchAttachment: async (reference: string, signal: AbortSignal) => {
        asked.push(reference);
        return answer(reference, signal);
      },
    },
  );

async function* pieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const aFile = (bytes: Uint8Array = png, facts: Partial<FetchedFile> = {}): FetchedFile => ({
  from: pieces(bytes),
  ...facts,
});

beforeEach(async () => {
  asked = [];
  answer = () => aFile();
  test = await openFlow({ channel: fetching() });
});
afterEach(() => test.cleanUp());

let count = 0;
/** Stores a message that names a file; gives its id. */
const sayWithFile = async (facts: object = {}, event: Partial<GivenEvent> = {}): Promise<string> => {
  const file = { reference: `media-${++count}`, name: '', type: 'application/pdf', ...facts };
  const fields = { kind: 'image', attachments: [file], ...event } as Partial<GivenEvent>;
  return (await test.flow.receive(test.event('', fields))).messageId;
};

const messageOf = async (id: string): Promise<Message> => (await test.store.get(messages, id)) as Message;
const fileOf = async (messageId: string): Promise<Attachment> => {
  const [shown] = (await messageOf(messageId)).attachments;
  return (await test.store.get(attachments, shown?.id ?? '')) as Attachment;
};
const bytesOf = async ({ id }: Pick<Attachment, 'id'>): Promise<Buffer | null> => {
  const stream = await test.store.blobs.get(id);
  return stream && buffer(stream);
};

it('is fetched after the words are stored, and its name, type and length are put right in both places', async () => {
  const id = await sayWithFile({ type: 'application/pdf', bytes: 12 });
  expect(await fileOf(id)).toMatchObject({ state: 'waiting', sha256: '' });
  await test.flow.idle();
  const file = await fileOf(id);
  const facts = { name: 'file.png', type: 'image/png', bytes: png.length };
  expect(file).toMatchObject({ ...facts, state: 'here', reason: null, dueAt: null, expiresAt: null });
  expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect((await messageOf(id)).attachments).toEqual([{ id: file.id, ...facts }]);
  expect(await bytesOf(file)).toEqual(png);
});

it('of a message typed on the account itself is fetched too', async () => {
  const { messageId } = await test.flow.receive({
    event: 'own-message',
    inboxId: 'fake',
    externalId: 'own-1',
    address: 'visitor',
    conversationKey: 'visitor',
    sentAt: '2026-11-22T07:00:00.000Z',
    kind: 'image',
    text: '',
    attachments: [{ reference: 'own-media' }],
  });
  await test.flow.idle();
  expect([asked, (await fileOf(messageId)).state]).toEqual([['own-media'], 'here']);
});

it('takes the name that the provider gives, without a path', async () => {
  answer = () => aFile(png, { name: '../../صورة القاعة.png', type: 'image/png' });
  const id = await sayWithFile();
  await test.flow.idle();
  expect((await fileOf(id)).name).toBe('صورة القاعة.png');
});

it('is tried again after longer and longer where the provider is not well', async () => {
  let failures = 3;
  answer = () => {
    if (failures-- > 0) throw new SendError('unreachable', 'The provider does not answer.');
    return aFile();
  };
  const id = await sayWithFile();
  await test.flow.idle();
  const waits: number[] = [];
  for (let file = await fileOf(id); file.state === 'waiting'; file = await fileOf(id)) {
    expect(file).toMatchObject({ attempts: waits.length + 1, reason: 'The provider does not answer.' });
    const wait = Date.parse(file.dueAt ?? '') - test.clock.now();
    waits.push(wait);
    test.clock.advance(wait + 2_000);
    await test.flow.idle();
  }
  expect(waits).toEqual([2_000, 4_000, 8_000]);
  expect(await fileOf(id)).toMatchObject({ state: 'here', reason: null });
});

it('waits as long as the provider asks', async () => {
  answer = () => {
    throw new SendError('throttled', 'Too many.', { retryAfterMs: 600_000 });
  };
  const id = await sayWithFile();
  await test.flow.idle();
  expect(Date.parse((await fileOf(id)).dueAt ?? '') - test.clock.now()).toBe(600_000);
});

it('is given up after three days, and the message changes with it', async () => {
  answer = () => {
    throw new Error('the wire is cut');
  };
  const id = await sayWithFile();
  await test.flow.idle();
  const before = (await messageOf(id)).version;
  for (let hour = 0; hour < 80; hour++) {
    test.clock.advance(3_600_000);
    await test.flow.idle();
  }
  const file = await fileOf(id);
  expect(file).toMatchObject({ state: 'missing', dueAt: null });
  expect(file.reason).toContain('the wire is cut');
  expect((await messageOf(id)).version).toBeGreaterThan(before);
  const tries = asked.length;
  expect(tries).toBeGreaterThan(70);
  test.clock.advance(86_400_000);
  await test.flow.idle();
  expect(asked).toHaveLength(tries);
});

it('that the provider no longer has is missing, with the reason', async () => {
  answer = () => {
    throw new SendError('rejected', 'The provider does not have it any more.');
  };
  const id = await sayWithFile();
  await test.flow.idle();
  expect(await fileOf(id)).toMatchObject({ state: 'missing', reason: 'The provider does not have it any more.' });
  expect(asked).toHaveLength(1);
});

it('is not lost to credentials that are put right in time', async () => {
  answer = () => {
    throw new SendError('config-invalid', 'The access token has expired.');
  };
  const id = await sayWithFile();
  await test.flow.idle();
  expect(await fileOf(id)).toMatchObject({ state: 'waiting', reason: 'The access token has expired.' });
  answer = () => aFile();
  test.clock.advance(10_000);
  await test.flow.idle();
  expect((await fileOf(id)).state).toBe('here');
});

it('that is too large is missing, whether it says so or not, and nothing of it is kept', async () => {
  let closed = 0;
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.alloc(10_000, 1);
    } finally {
      closed += 1;
    }
  };
  answer = (reference) => aFile(png, { from: endless(), ...(reference.endsWith('said') ? { bytes: 60_000 } : {}) });
  const ids = [
    await sayWithFile({ bytes: 60_000 }),
    await sayWithFile({ reference: 'said' }, { address: 'b', conversationKey: 'b' } as Partial<GivenEvent>),
    await sayWithFile({}, { address: 'c', conversationKey: 'c' } as Partial<GivenEvent>),
  ];
  await test.flow.idle();
  for (const id of ids) {
    const file = await fileOf(id);
    expect(file).toMatchObject({ state: 'missing', reason: `The file is larger than ${maxBytes} bytes.` });
    expect(await bytesOf(file)).toBeNull();
  }
  expect([asked.length, closed]).toEqual([2, 1]);
});

it('is cut off and begun anew where it never ends', async () => {
  let isHanging = true;
  answer = () => (isHanging ? new Promise(() => undefined) : aFile());
  const id = await sayWithFile();
  await expect.poll(() => asked.length).toBe(1);
  test.clock.advance(10 * 60_000);
  isHanging = false;
  await expect.poll(async () => (await fileOf(id)).attempts).toBe(1);
  test.clock.advance(10_000);
  await test.flow.idle();
  expect((await fileOf(id)).state).toBe('here');
});

it('is fetched a few at a time, and a slow inbox does not hold up what is said', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let running = 0;
  let most = 0;
  answer = async () => {
    running += 1;
    most = Math.max(most, running);
    await held;
    running -= 1;
    return aFile();
  };
  const ids: string[] = [];
  for (let at = 0; at < 150; at++)
    ids.push(await sayWithFile({}, { address: `p${at}`, conversationKey: `p${at}` } as Partial<GivenEvent>));
  await expect.poll(() => running).toBe(3);
  release();
  await test.flow.idle();
  test.clock.advance(2_000);
  await test.flow.idle();
  const states = await Promise.all(ids.map(async (id) => (await fileOf(id)).state));
  expect([new Set(states), most, asked.length]).toEqual([new Set(['here']), 3, 150]);
});

it('that was fetched when the process died is fetched again, and there is one', async () => {
  answer = () => {
    throw new SendError('unreachable', 'not yet');
  };
  const id = await sayWithFile();
  await test.flow.idle();
  const file = await fileOf(id);
  await test.store.blobs.put(file.id, pieces(Buffer.from('of the one before')), 100);
  await test.close();
  answer = () => aFile();
  const { directory } = test;
  const at = new Date(test.clock.now() + 60_000).toISOString();
  test = await openFlow({ directory, channel: fetching(), at });
  await test.flow.idle();
  expect(await fileOf(id)).toMatchObject({ state: 'here', bytes: png.length });
  expect(await bytesOf(file)).toEqual(png);
});

it('in hand at the end of the process is taken up by the next one', async () => {
  answer = (_reference, signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  const id = await sayWithFile();
  await expect.poll(() => asked.length).toBe(1);
  await test.close();
  answer = () => aFile();
  const at = new Date(test.clock.now() + 1_000).toISOString();
  test = await openFlow({ directory: test.directory, channel: fetching(), at });
  await test.flow.idle();
  expect(await fileOf(id)).toMatchObject({ state: 'here', attempts: 0 });
});

it('that the channel ends within its stream is missing after one try, with the reason of the channel', async () => {
  answer = () => {
    async function* tooMuch() {
      yield png;
      throw new SendError('rejected', 'The file is larger than WhatsApp hands over (100 MB).');
    }
    return aFile(png, { from: tooMuch() });
  };
  const id = await sayWithFile();
  await test.flow.idle();
  const file = await fileOf(id);
  expect(file).toMatchObject({ state: 'missing', reason: 'The file is larger than WhatsApp hands over (100 MB).' });
  test.clock.advance(3_600_000);
  await test.flow.idle();
  expect([asked.length, await bytesOf(file)]).toEqual([1, null]);
});

it('that the store could not keep is tried again, without a word of where the store is', async () => {
  const put = test.store.blobs.put;
  test.store.blobs.put = () => Promise.reject(new StoreError('disk-full', 'The disk that holds /srv/wasl is full.'));
  const id = await sayWithFile();
  await test.flow.idle();
  expect(await fileOf(id)).toMatchObject({ state: 'waiting', attempts: 1, reason: 'It could not be stored.' });
  test.store.blobs.put = put;
  test.clock.advance(4_000);
  await test.flow.idle();
  expect(await fileOf(id)).toMatchObject({ state: 'here', reason: null });
});
