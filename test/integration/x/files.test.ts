import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundAttachment, OutboundMessage } from '../../../src/channel/outbound.ts';
import { anOutbound, type Opened, openX } from './an-inbox.ts';

let inbox: Opened;
afterEach(() => inbox.close());

const megabyte = 1024 * 1024;

const open = async (bytes: Buffer): Promise<void> => {
  inbox = await openX();
  inbox.sink.openAttachment = async () => ({ name: 'f', type: '', stream: Readable.from([bytes]) });
};

const aFile = (fields: Partial<OutboundAttachment> = {}): OutboundAttachment => ({
  id: 'f',
  name: 'خريطة.png',
  type: 'image/png',
  bytes: 6,
  ...fields,
});

const send = (message: OutboundMessage) => inbox.channel.send(message, AbortSignal.timeout(10_000));

const reading = async (from: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of from) parts.push(part);
  return Buffer.concat(parts);
};

describe('a file that is sent', () => {
  it('goes up in parts and stands whole beside the message', async () => {
    const bytes = randomBytes(2.5 * megabyte);
    await open(bytes);
    const person = inbox.provider.person({ username: 'sara_q' });
    const film = aFile({ name: 'شرح.mp4', type: 'video/mp4', bytes: bytes.length });
    await send(anOutbound({ address: person.id, attachments: [film] }));
    const [sent] = inbox.provider.dms;
    const stored = inbox.provider.media.byKey(sent?.mediaKeys[0] ?? '');
    expect(stored?.category).toBe('dm_video');
    expect(stored?.bytes.equals(bytes)).toBe(true);
  });

  it('goes up once, however often its message is tried', async () => {
    await open(Buffer.from('a map!'));
    const person = inbox.provider.person({ username: 'sara_q' });
    const message = anOutbound({ address: person.id, attachments: [aFile()] });
    inbox.provider.failNext(503, 1, { on: 'send' });
    await expect(send(message)).rejects.toMatchObject({ code: 'unreachable' });
    await send(message);
    expect(inbox.provider.requests.filter(({ path }) => path.endsWith('/initialize'))).toHaveLength(1);
  });

  it('stands in public as a picture of a post', async () => {
    await open(Buffer.from('a map!'));
    const person = inbox.provider.person({ username: 'sara_q' });
    const post = person.mention('أين المبنى؟');
    await send(
      anOutbound({
        address: person.id,
        visibility: 'public',
        quotes: post.id,
        author: 'agent',
        attachments: [aFile()],
      }),
    );
    const [sent] = inbox.provider.posts;
    expect(inbox.provider.media.byKey(sent?.mediaKeys[0] ?? '')?.category).toBe('tweet_image');
  });

  it('that is not in the store any more fails the message and nothing is sent', async () => {
    await open(Buffer.alloc(0));
    inbox.sink.openAttachment = async () => null;
    const person = inbox.provider.person({ username: 'sara_q' });
    await expect(send(anOutbound({ address: person.id, attachments: [aFile()] }))).rejects.toMatchObject({
      code: 'message-invalid',
    });
    expect(inbox.provider.dms).toHaveLength(0);
  });
});

describe('a file that a person sent', () => {
  const fetching = (reference: object) =>
    inbox.channel.fetchAttachment?.(JSON.stringify(reference), AbortSignal.timeout(5_000));

  it('with a post is fetched from where it lies', async () => {
    await open(Buffer.alloc(0));
    const stored = inbox.provider.media.add('image/jpeg', Buffer.from('a picture'));
    const url = `${inbox.provider.settings().X_BASE_URL}/media/${stored.name}`;
    const file = await fetching({ key: stored.mediaKey, url });
    expect(file?.type).toBe('image/jpeg');
    expect(String(await reading(file!.from))).toBe('a picture');
  });

  it('with a direct message is fetched with the signature of the account, and with none it is not given', async () => {
    await open(Buffer.alloc(0));
    const person = inbox.provider.person({ username: 'sara_q' });
    const dm = person.dm('هذه الصورة', { media: { bytes: Buffer.from('a secret picture') } });
    const stored = inbox.provider.media.byKey(dm.mediaKeys[0] ?? '');
    const url = `${inbox.provider.settings().X_BASE_URL}/1.1/ton/data/dm/${dm.id}/${stored?.id}/${stored?.name}`;
    const file = await fetching({ key: stored?.mediaKey, url, dm: dm.id });
    expect(String(await reading(file!.from))).toBe('a secret picture');
    await expect(fetching({ url })).rejects.toMatchObject({ code: 'rejected' });
  });

  it('is not fetched from any other host, and not over a length', async () => {
    await open(Buffer.alloc(0));
    for (const url of ['https://example.com/a.jpg', 'http://pbs.twimg.com/a.jpg', 'https://pbs.twimg.com:8443/a.jpg'])
      await expect(fetching({ url })).rejects.toMatchObject({ code: 'rejected' });
    await expect(fetching({ key: '3_1' })).rejects.toMatchObject({ code: 'rejected' });
    const person = inbox.provider.person({ username: 'sara_q' });
    const dm = person.dm('', { media: { bytes: Buffer.alloc(33 * megabyte) } });
    const stored = inbox.provider.media.byKey(dm.mediaKeys[0] ?? '');
    const url = `${inbox.provider.settings().X_BASE_URL}/1.1/ton/data/dm/${dm.id}/${stored?.id}/${stored?.name}`;
    await expect(fetching({ url, dm: dm.id })).rejects.toMatchObject({ code: 'rejected' });
  });

  it('that is gone will never come', async () => {
    await open(Buffer.alloc(0));
    const url = `${inbox.provider.settings().X_BASE_URL}/media/gone.jpg`;
    await expect(fetching({ url })).rejects.toMatchObject({ code: 'rejected', retryable: false });
  });
});
