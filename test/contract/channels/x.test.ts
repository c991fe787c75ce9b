import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { x } from '../../../channels/x/channel.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import type { OutboundAttachment, OutboundMessage } from '../../../src/channel/outbound.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import type { Made } from '../../fakes/x/happening.ts';
import type { Person } from '../../fakes/x/person.ts';
import { createXSimulator, type XSimulator } from '../../fakes/x/simulator.ts';
import type { SignatureKind } from '../../fakes/x/webhooks.ts';
import type { Post } from '../../fakes/x/world.ts';
import { type ChannelRig, channelContract, createRecordingSink } from '../channel-contract.ts';

const words = 'رقمي السري هو ما لا يُكتب في سجل';

type Taken = 'taken' | 'refused';

interface Rig extends ChannelRig {
  provider: XSimulator;
  person: Person;
  mention: Post;
}

const aFile = (fields: Partial<OutboundAttachment> = {}): OutboundAttachment => ({
  id: 'f',
  name: 'خريطة.png',
  type: 'image/png',
  bytes: 5,
  ...fields,
});

const readAll = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};

/** Stands for the core's route: who is recognised is taken, and the answer waits for it. */
const doorOf = (channel: Channel): Server =>
  createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://door');
    if (request.method === 'GET') {
      const answer = channel.webhook?.challenge(url.searchParams);
      const json = typeof answer === 'object' ? answer?.json : null;
      return void response.setHeader('content-type', 'application/json').end(JSON.stringify(json));
    }
    const raw = await readAll(request);
    const given = { raw, headers: request.headers, url: request.url ?? '' };
    if (!channel.webhook?.recognise(given)?.mine) return void response.writeHead(401).end();
    const told = await channel.webhook.take(raw.toString()).catch(() => 'failed');
    response.writeHead(told === 'taken' ? 200 : 503).end();
  });

async function openRig(): Promise<Rig> {
  const provider = createXSimulator({ auto: 'none', retryDelaysMs: [], rules: { duplicates: 'allowed' } });
  await provider.start();
  const log: string[] = [];
  const settings = provider.settings();
  const [inbox] = givenInboxes([x], settings);
  if (!inbox) throw new Error('the settings set up no inbox');
  const channel = x.create(inbox, hostDeps({ lines: log }));
  const sink = createRecordingSink();
  sink.openAttachment = async () => ({ name: 'f', type: 'image/png', stream: Readable.from(['a map']) });
  const door = doorOf(channel);
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const hook = await provider.connect(`http://127.0.0.1:${(door.address() as AddressInfo).port}/webhooks/x`);

  const person = provider.person({ username: 'sara_q', name: 'سارة' });
  // the list of mentions has them late, so that only the webhook tells of them
  const late = { lateMs: 3_600_000 };
  const tell = async (made: Made, signature?: SignatureKind): Promise<Taken> => {
    const answers = await provider.deliver(made, signature ? { signature } : {});
    return answers.every(({ status }) => status === 200) ? 'taken' : 'refused';
  };
  const post = async (raw: string): Promise<Taken> => {
    const answer = await provider.webhooks.send(hook, Buffer.from(raw));
    return answer.status === 200 ? 'taken' : 'refused';
  };
  let mention: Post | undefined;
  const mentioned = (): Post => {
    mention ??= person.mention(words, late);
    return mention;
  };
  let dm: ReturnType<Person['dm']> | undefined;
  const wrote = () => {
    dm ??= person.dm('سؤال خاص');
    return dm;
  };
  const quoted = provider.ownPost('إعلان القبول');

  const anOutbound = outboundOf({ inboxId: 'x', address: person.id });
  const inPublic = (fields: Partial<OutboundMessage> = {}): OutboundMessage =>
    anOutbound({
      visibility: 'public',
      quotes: mentioned().id,
      conversationKey: `post:${mentioned().conversationId}:${person.id}`,
      text: 'أهلًا بكم، راسلونا على الخاص',
      ...fields,
    });
  const ready = async (): Promise<void> => provider.heal();
  const fails =
    (...fault: Parameters<XSimulator['failNext']>) =>
    async (): Promise<void> => {
      provider.heal();
      provider.failNext(...fault);
    };
  let isDown = false;
  const down = async (): Promise<void> => {
    if (!isDown) await provider.stop();
    isDown = true;
    // the end of the kept connections arrives
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  };
  const stranger = provider.person({ username: 'stranger' });
  const overheard = stranger.post('كلام عام', late);
  const closed = provider.person({ username: 'closed', closedDms: true });

  return {
    provider,
    person,
    get mention() {
      return mentioned();
    },
    channel,
    sink,
    log,
    secrets: [settings.X_APP_SECRET ?? '', settings.X_ACCESS_TOKEN ?? '', settings.X_ACCESS_SECRET ?? '', words],
    inbound: [
      {
        name: 'a mention',
        send: () => tell(mentioned()),
        expect: {
          visibility: 'public',
          address: person.id,
          conversationKey: expect.stringMatching(/^post:\d+:\d+$/) as unknown as string,
          displayName: 'سارة (@sara_q)',
          kind: 'text',
          text: words,
          link: expect.stringMatching(/^https:\/\/x\.com\//) as unknown as string,
        },
      },
      {
        name: 'a direct message',
        send: () => tell(wrote()),
        expect: { visibility: 'private', address: person.id, conversationKey: person.id, text: 'سؤال خاص' },
      },
      {
        name: 'a picture in a direct message',
        send: () => tell(person.dm('', { media: { bytes: Buffer.from('a picture') } })),
        expect: { kind: 'image', attachments: [expect.objectContaining({ type: 'image/jpeg' })] as never },
      },
      {
        name: 'a quote of ours',
        send: () => tell(person.quote(quoted, 'ما معنى هذا؟', late)),
        expect: { visibility: 'public', kind: 'text' },
      },
      {
        name: 'an encrypted message',
        send: () => tell(person.encrypted()),
        expect: { visibility: 'private', kind: 'unsupported' },
      },
    ],
    garbled: [
      { name: 'no JSON', send: () => post('{"data":') },
      { name: 'a list of nothing', send: () => post('[]') },
      { name: 'nothing in it', send: () => post('{"data":{}}') },
      {
        name: 'a post without an id',
        send: () =>
          post(
            JSON.stringify({
              data: {
                event_type: 'post.mention.create',
                filter: { user_id: provider.account.id },
                payload: { text: 'سؤال', author_id: person.id },
              },
            }),
          ),
      },
    ],
    unauthorised: [
      { name: 'no signature', send: () => tell(mentioned(), 'none') },
      { name: 'a wrong one', send: () => tell(mentioned(), 'wrong') },
      { name: 'no signature at all', send: () => tell(mentioned(), 'garbled') },
    ],
    outbound: [
      {
        name: 'a direct message',
        prepare: ready,
        message: anOutbound(),
        arrived: () => [provider.dms.at(-1)?.recipientId, provider.dms.at(-1)?.text],
        expect: [person.id, 'وصلتنا رسالتك'],
      },
      {
        name: 'a public answer',
        prepare: ready,
        message: inPublic(),
        arrived: () => [provider.posts.at(-1)?.references, provider.posts.at(-1)?.typed],
        expect: [[{ type: 'replied_to', id: mentioned().id }], 'أهلًا بكم، راسلونا على الخاص'],
      },
      {
        name: 'a public answer with a picture',
        prepare: ready,
        message: inPublic({ author: 'agent', attachments: [aFile()] }),
        arrived: () => provider.posts.at(-1)?.mediaKeys.length,
        expect: 1,
      },
      {
        name: 'a picture alone',
        prepare: ready,
        message: anOutbound({ text: '', attachments: [aFile()] }),
        arrived: () => [provider.dms.at(-1)?.typed, provider.dms.at(-1)?.mediaKeys.length],
        expect: ['', 1],
      },
    ],
    failures: [
      {
        name: 'another inbox',
        prepare: ready,
        message: anOutbound({ inboxId: 'other' }),
        code: 'config-invalid',
        retryable: false,
      },
      {
        name: 'somebody who did not mention us',
        prepare: ready,
        message: inPublic({ address: stranger.id, quotes: overheard.id }),
        code: 'rejected',
        retryable: false,
      },
      {
        name: 'closed messages',
        prepare: ready,
        message: anOutbound({ address: closed.id }),
        code: 'rejected',
        retryable: false,
      },
      { name: 'a wrong token', prepare: fails(401), message: anOutbound(), code: 'unreachable', retryable: true },
      {
        name: 'a failing server',
        prepare: fails(500),
        message: anOutbound(),
        code: 'unexpected-response',
        retryable: true,
      },
      {
        name: 'a server that is away',
        prepare: fails(503),
        message: anOutbound(),
        code: 'unreachable',
        retryable: true,
      },
      { name: 'a cut connection', prepare: fails('reset'), message: anOutbound(), code: 'timed-out', retryable: true },
      { name: 'no JSON', prepare: fails('garbled'), message: inPublic(), code: 'unexpected-response', retryable: true },
      // after it no direct message is tried until the window ends
      { name: 'too many', prepare: fails(429), message: anOutbound(), code: 'throttled', retryable: true },
      { name: 'nobody there', prepare: down, message: inPublic(), code: 'unreachable', retryable: true },
    ],
    beyond: [
      { name: 'a post beyond its length', message: inPublic({ text: 'ا'.repeat(281) }) },
      { name: 'a direct message beyond its length', message: anOutbound({ text: 'ا'.repeat(10_001) }) },
      { name: 'an empty message', message: anOutbound({ text: ' ' }) },
      { name: 'buttons', message: anOutbound({ quickReplies: [{ id: 'a', title: 'نعم' }] }) },
      { name: 'a document', message: anOutbound({ attachments: [aFile({ type: 'application/pdf' })] }) },
      { name: 'a film in public', message: inPublic({ attachments: [aFile({ type: 'video/mp4' })] }) },
      { name: 'a large picture', message: anOutbound({ attachments: [aFile({ bytes: 6e6 })] }) },
      { name: 'two files', message: anOutbound({ attachments: [aFile(), aFile()] }) },
      { name: 'nobody', message: anOutbound({ address: 'somebody' }) },
      { name: 'a public answer to nothing', message: { ...inPublic(), quotes: '' } },
      { name: 'a link of the assistant in public', message: inPublic({ text: 'https://uqu.edu.sa' }) },
    ],
    async stop() {
      await channel.stop();
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await down();
    },
  };
}

channelContract('x', openRig);

describe('an account at X', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
    await rig.channel.start(rig.sink);
  });
  afterEach(() => rig.stop());

  it('answers the question whether the webhook is ours, with what only it can know', () => {
    const answer = rig.channel.webhook?.challenge(new URLSearchParams({ crc_token: 'abc' }));
    const secret = rig.provider.settings().X_APP_SECRET ?? '';
    const response_token = `sha256=${createHmac('sha256', secret).update('abc').digest('base64')}`;
    expect(answer).toEqual({ json: { response_token } });
    expect(rig.channel.webhook?.challenge(new URLSearchParams())).toBeNull();
  });

  it('does not tell what Wasl sent as a message of staff, but what staff wrote in the app', async () => {
    const sent = rig.channel.send(
      outboundOf({ inboxId: 'x', address: rig.person.id })({ text: 'من وصل' }),
      AbortSignal.timeout(5_000),
    );
    const stop = rig.provider.watch((event) => {
      if (event.kind === 'sent') void rig.provider.deliver(event.dm);
    });
    await sent;
    await rig.provider.deliver(rig.provider.dms.at(-1)!);
    stop();
    expect(rig.sink.events.filter(({ event }) => event === 'own-message')).toEqual([]);
    await rig.provider.deliver(rig.provider.ownDm(rig.person, 'من موظف'));
    expect(rig.sink.events.filter(({ event }) => event === 'own-message')).toMatchObject([
      { address: rig.person.id, text: 'من موظف' },
    ]);
  });

  it('knows an answer that was lost by its echo, and does not send it again', async () => {
    const message = outboundOf({ inboxId: 'x', address: rig.person.id })({ text: 'جواب ضاع' });
    rig.provider.failNext('reset', 1, { on: 'send', taken: true });
    await expect(rig.channel.send(message, AbortSignal.timeout(5_000))).rejects.toMatchObject({ code: 'timed-out' });
    const [lost] = rig.provider.dms;
    await rig.provider.deliver(lost!);
    expect(rig.sink.events.filter(({ event }) => event === 'own-message')).toEqual([]);
    const asked = rig.provider.requests.length;
    expect((await rig.channel.send(message, AbortSignal.timeout(5_000))).externalId).toBe(lost?.id);
    expect(rig.provider.requests).toHaveLength(asked);
  });

  it('that took back its permission says so', async () => {
    await rig.provider.deliver(rig.provider.revoke());
    expect(rig.channel.state()).toMatchObject({
      state: 'bad-credentials',
      reason: expect.stringContaining('taken back'),
    });
  });

  it('without good keys says so from the start', async () => {
    await rig.channel.stop();
    rig.provider.failNext(401, 5);
    await rig.channel.start(createRecordingSink());
    expect(rig.channel.state().state).toBe('bad-credentials');
  });
});
