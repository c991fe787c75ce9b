import { describe, expect } from 'vitest';
import { sms } from '../../../channels/sms/channel.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import type { Provider } from '../../fakes/sms/model.ts';
import { createSmsSimulator, type SmsSimulator } from '../../fakes/sms/simulator.ts';
import { incomingMessage, twilioSignature } from '../../fakes/sms/twilio-callbacks.ts';
import { type ChannelRig, channelContract, createRecordingSink } from '../channel-contract.ts';

const words = 'رقم طلبي السري لا يُكتب في سجل';
const number = '966500000001';
const publicUrl = 'http://127.0.0.1:3000';
const token = 'a-word-of-our-own-1';
const path = '/webhooks/sms';

const anOutbound = outboundOf({ inboxId: 'sms', address: number });

type Taken = 'taken' | 'refused';

const beyond: ChannelRig['beyond'] = [
  { name: 'a text beyond its length', message: anOutbound({ text: 'س'.repeat(671) }) },
  { name: 'an empty message', message: anOutbound({ text: ' \u200f ' }) },
  { name: 'nobody', message: anOutbound({ address: 'somebody' }) },
  { name: 'a number of the country alone', message: anOutbound({ address: '0500000001' }) },
  { name: 'buttons', message: anOutbound({ quickReplies: [{ id: 'yes', title: 'نعم' }] }) },
  {
    name: 'a file',
    message: anOutbound({ attachments: [{ id: 'f', name: 'نموذج.pdf', type: 'application/pdf', bytes: 6 }] }),
  },
];

const foreign = { name: 'another inbox', message: anOutbound({ inboxId: 'other' }), code: 'config-invalid' } as const;

function openChannel(settings: Record<string, string>) {
  const log: string[] = [];
  const [inbox] = givenInboxes([sms], settings);
  if (!inbox) throw new Error('the settings set up no inbox');
  const channel = sms.create(inbox, hostDeps({ lines: log, publicUrl }));
  const sink = createRecordingSink();
  // stands for the core's route: who is recognised is taken, and the answer waits for it
  const post = async (given: string, { url = path, headers = {} } = {}): Promise<Taken> => {
    const raw = Buffer.from(given);
    if (!channel.webhook?.recognise({ raw, headers, url })?.mine) return 'refused';
    const told = await channel.webhook.take(given).catch(() => 'failed');
    return told === 'taken' ? 'taken' : 'refused';
  };
  return { channel, sink, log, post };
}

type Post = ReturnType<typeof openChannel>['post'];

/** What differs between the providers. */
interface Ways {
  arrived(simulator: SmsSimulator): unknown;
  expect: unknown;
  posts(post: Post, simulator: SmsSimulator): Pick<ChannelRig, 'inbound' | 'garbled' | 'unauthorised'>;
  /** What it means that the sender is refused. */
  otherSender: Pick<ChannelRig['failures'][number], 'code' | 'retryable'>;
  failures?(simulator: SmsSimulator): (Pick<ChannelRig['failures'][number], 'name' | 'code' | 'retryable'> & {
    prepare(): void;
  })[];
}

async function openRig(provider: Provider, ways: Ways): Promise<ChannelRig> {
  const simulator = createSmsSimulator({ reports: null });
  await simulator.start();
  const settings = {
    ...simulator.settings(provider),
    ...(provider === 'twilio' ? {} : { SMS_WEBHOOK_TOKEN: token }),
  };
  const { channel, sink, log, post } = openChannel(settings);
  const healed = async (): Promise<void> => simulator.heal();
  const prepared = (plan: () => void) => async (): Promise<void> => {
    simulator.heal();
    plan();
  };
  let isDown = false;
  const down = async (): Promise<void> => {
    if (!isDown) await simulator.stop();
    isDown = true;
  };
  const failing: ReturnType<NonNullable<Ways['failures']>> = [
    { name: 'no balance', prepare: () => simulator.failNext('balance'), code: 'unreachable', retryable: true },
    { name: 'wrong credentials', prepare: () => simulator.failNext('auth'), code: 'unreachable', retryable: true },
    { name: 'another sender', prepare: () => simulator.failNext('sender'), ...ways.otherSender },
    { name: 'a wrong number', prepare: () => simulator.failNext('number'), code: 'message-invalid', retryable: false },
    { name: 'held back', prepare: () => simulator.failNext('filtered'), code: 'rejected', retryable: false },
    { name: 'too many', prepare: () => simulator.failNext('rate'), code: 'throttled', retryable: true },
    { name: 'a provider that is down', prepare: () => simulator.setDown(true), code: 'unreachable', retryable: true },
    ...(ways.failures?.(simulator) ?? []),
  ];
  return {
    channel,
    sink,
    log,
    secrets: [simulator.settings(provider).SMS_TOKEN ?? '', token, words, number],
    ...ways.posts(post, simulator),
    outbound: [
      {
        name: 'words',
        prepare: healed,
        message: anOutbound({ text: words }),
        arrived: () => ways.arrived(simulator),
        expect: ways.expect,
      },
    ],
    failures: [
      { ...foreign, retryable: false, prepare: healed },
      ...failing.map(({ prepare, ...one }) => ({ ...one, prepare: prepared(prepare), message: anOutbound() })),
      { name: 'nobody there', prepare: down, message: anOutbound(), code: 'unreachable', retryable: true },
    ],
    beyond,
    async stop() {
      await channel.stop();
      await down();
    },
  };
}

/** Whoever has the token may tell of a sending; nobody can write. */
const tokenPosts =
  (report: object): Ways['posts'] =>
  (post) => {
    const url = `${path}?token=${token}`;
    return {
      inbound: [],
      garbled: [
        { name: 'no JSON', send: () => post('{"MessageID":', { url }) },
        { name: 'nothing in it', send: () => post('[]', { url }) },
        { name: 'words', send: () => post('hello', { url }) },
        { name: 'a report of nothing', send: () => post('{"status":"delivered"}', { url }) },
        { name: 'a status that nobody knows', send: () => post('{"messageId":"1","status":"eaten"}', { url }) },
      ],
      unauthorised: [
        { name: 'no token', send: () => post(JSON.stringify(report)) },
        { name: 'another one', send: () => post(JSON.stringify(report), { url: `${path}?token=another` }) },
      ],
    };
  };

const twilioPosts: Ways['posts'] = (post, simulator) => {
  const { SMS_ACCOUNT: account = '', SMS_TOKEN: key = '', SMS_SENDER: sender = '' } = simulator.settings('twilio');
  const own = { account, token: key, sender, price: 0, currency: 'USD', balance: 0 };
  const said = (text: string) => incomingMessage(own, { from: number, text }, `${publicUrl}${path}`);
  const opening = said(words);
  const opened = (): Promise<Taken> => post(opening.raw, { headers: opening.headers });
  const bent = (headers: Record<string, string>, raw = opening.raw) => post(raw, { headers });
  const signed = (raw: string) => {
    const fields = Object.fromEntries(new URLSearchParams(raw));
    return { ...opening.headers, 'x-twilio-signature': twilioSignature(key, `${publicUrl}${path}`, fields) };
  };
  return {
    inbound: [
      {
        name: 'Arabic words',
        send: opened,
        expect: {
          externalId: opening.id,
          address: number,
          phone: `+${number}`,
          conversationKey: number,
          kind: 'text',
          text: words,
        },
      },
      {
        name: 'a number as an answer',
        send: () => {
          const { raw, headers } = said('١٠٤٢');
          return post(raw, { headers });
        },
        expect: { kind: 'text', text: '١٠٤٢' },
      },
    ],
    garbled: ['Body=x', 'MessageSid=SM1&MessageStatus=eaten', 'MessageSid=SM1&Body=x&From=nobody'].map((raw) => ({
      name: raw,
      send: () => bent(signed(raw), raw),
    })),
    unauthorised: [
      { name: 'no signature', send: () => bent({}) },
      { name: 'a wrong one', send: () => bent({ 'x-twilio-signature': Buffer.alloc(20).toString('base64') }) },
      {
        name: 'one for other words',
        send: () => bent(opening.headers, opening.raw.replace('NumMedia=0', 'NumMedia=1')),
      },
      {
        name: 'one for another address',
        send: () => post(opening.raw, { url: `${path}?inbox=2`, headers: opening.headers }),
      },
    ],
  };
};

const last = (simulator: SmsSimulator) => {
  const { to, text, sender, correlation, callbackUrl } = simulator.sent.at(-1) ?? {};
  return { to, text, sender, correlation, callbackUrl };
};

/** Concerns the account and no message: it waits. */
const held = { code: 'unreachable', retryable: true } as const;
const sent = { to: number, text: words, sender: 'Wasl' };

/** Nobody writes back over these. */
const oneWay = { isOneWay: true };

describe('SMS by Unifonic', () =>
  channelContract(
    'sms',
    () =>
      openRig('unifonic', {
        otherSender: held,
        arrived: last,
        expect: { ...sent, correlation: expect.stringMatching(/^delivery-/), callbackUrl: null },
        posts: tokenPosts({ MessageID: '1', DLR: 'Delivered', Recipient: number }),
        failures: (simulator) => [
          { name: 'a repeat', prepare: () => simulator.failNext('duplicate'), code: 'rejected', retryable: false },
          { name: 'a cut connection', prepare: () => simulator.failNext('cut'), code: 'timed-out', retryable: true },
          {
            name: 'half an answer',
            prepare: () => simulator.failNext('malformed'),
            code: 'timed-out',
            retryable: true,
          },
          {
            name: 'a refusal that looks well',
            prepare: () => simulator.failNext('ok-with-error'),
            code: 'rejected',
            retryable: false,
          },
        ],
      }),
    oneWay,
  ));

describe('SMS by Taqnyat', () =>
  channelContract(
    'sms',
    () =>
      openRig('taqnyat', {
        otherSender: held,
        arrived: last,
        expect: { ...sent, correlation: null, callbackUrl: null },
        posts: tokenPosts({ messageId: 1, recipient: number, status: 'delivered' }),
        failures: (simulator) => [
          { name: 'a cut connection', prepare: () => simulator.failNext('cut'), code: 'rejected', retryable: false },
          {
            name: 'a refusal that looks well',
            prepare: () => simulator.failNext('ok-with-error'),
            code: 'message-invalid',
            retryable: false,
          },
        ],
      }),
    oneWay,
  ));

describe('SMS by Twilio', () =>
  channelContract('sms', () =>
    openRig('twilio', {
      otherSender: { code: 'config-invalid', retryable: false },
      arrived: last,
      expect: { ...sent, sender: '+12025550123', correlation: null, callbackUrl: `${publicUrl}${path}` },
      posts: twilioPosts,
      failures: (simulator) => [
        { name: 'opted out', prepare: () => simulator.failNext('opted-out'), code: 'opted-out', retryable: false },
        { name: 'a landline', prepare: () => simulator.failNext('route'), code: 'message-invalid', retryable: false },
        { name: 'a cut connection', prepare: () => simulator.failNext('cut'), code: 'timed-out', retryable: true },
        { name: 'a failing server', prepare: () => simulator.failNext(500), code: 'timed-out', retryable: true },
        {
          name: 'a refusal that looks well',
          prepare: () => simulator.failNext('ok-with-error'),
          code: 'rejected',
          retryable: false,
        },
      ],
    }),
  ));

describe('SMS into the log', () =>
  channelContract(
    'sms',
    async () => {
      const { channel, sink, log } = openChannel({ SMS_PROVIDER: 'log' });
      return {
        channel,
        sink,
        log,
        secrets: [number],
        inbound: [],
        garbled: [],
        outbound: [
          {
            name: 'words',
            prepare: async () => undefined,
            message: anOutbound({ text: words }),
            arrived: () => log.filter((line) => line.includes(words) && line.includes('…001')).length,
            expect: 1,
          },
        ],
        failures: [{ ...foreign, retryable: false, prepare: async () => undefined }],
        beyond,
        stop: () => channel.stop(),
      };
    },
    oneWay,
  ));
