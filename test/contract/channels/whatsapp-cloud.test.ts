import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whatsappCloud } from '../../../channels/whatsapp-cloud/channel.ts';
import type { OutboundAttachment } from '../../../src/channel/outbound.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import type { Person, Utterance } from '../../fakes/whatsapp-cloud/person.ts';
import { createWhatsappCloudSimulator, type WhatsappCloudSimulator } from '../../fakes/whatsapp-cloud/simulator.ts';
import { type ChannelRig, channelContract, createRecordingSink } from '../channel-contract.ts';

const words = 'رقمي السري هو ما لا يُكتب في سجل';
const number = '966501234567';

const anOutbound = outboundOf({ inboxId: 'whatsapp-cloud', address: number });

const choices = (count: number, title = 'خيار') =>
  Array.from({ length: count }, (_, at) => ({ id: `c${at}`, title: `${title} ${at + 1}` }));

const aFile = (fields: Partial<OutboundAttachment> = {}): OutboundAttachment => ({
  id: 'f',
  name: 'نموذج.pdf',
  type: 'application/pdf',
  bytes: 6,
  ...fields,
});

type Taken = 'taken' | 'refused';

interface Rig extends ChannelRig {
  provider: WhatsappCloudSimulator;
  person: Person;
  post(raw: Buffer | string, signature?: string | null): Promise<Taken>;
  say(said: Utterance | Utterance[]): Promise<Taken>;
}

async function openRig(): Promise<Rig> {
  const provider = createWhatsappCloudSimulator({ receipts: null });
  await provider.start();
  const log: string[] = [];
  const deps = hostDeps({ lines: log, text: (key) => (key === 'list-button' ? 'الخيارات' : key) });
  const settings = provider.settings();
  const [inbox] = givenInboxes([whatsappCloud], settings);
  if (!inbox) throw new Error('the settings set up no inbox');
  const channel = whatsappCloud.create(inbox, deps);
  const sink = createRecordingSink();
  sink.openAttachment = async () => ({ name: 'f', type: 'application/pdf', stream: Readable.from(['a form']) });
  const person = provider.person({ phone: number, name: 'سارة' });

  const sign = (raw: Buffer): string =>
    `sha256=${createHmac('sha256', settings.WHATSAPP_CLOUD_APP_SECRET ?? '')
      .update(raw)
      .digest('hex')}`;
  // stands for the core's route: who is recognised is taken, and the answer waits for it
  const post: Rig['post'] = async (given, signature) => {
    const raw = Buffer.from(given);
    const header = signature === undefined ? sign(raw) : signature;
    const headers = header === null ? {} : { 'x-hub-signature-256': header };
    if (!channel.webhook?.recognise({ raw, headers, url: '/webhooks/whatsapp' })?.mine) return 'refused';
    const told = await channel.webhook.take(raw.toString()).catch(() => 'failed');
    return told === 'taken' ? 'taken' : 'refused';
  };
  const pack = (said: Utterance | Utterance[]): Buffer =>
    provider.webhook.pack([said].flat(), { as: 'messages' })[0]?.raw ?? Buffer.alloc(0);
  const say: Rig['say'] = (said) => post(pack(said));

  const open = async (): Promise<void> => {
    provider.heal();
    provider.sent.splice(0);
    await provider.deliver(person.text('سؤال'));
  };
  const fails =
    (...fault: Parameters<WhatsappCloudSimulator['failNext']>) =>
    async (): Promise<void> => {
      await open();
      provider.failNext(...fault);
    };
  const last = () => {
    const request = provider.sent.at(-1)?.request as Record<string, unknown> | undefined;
    return request ? [request.type, request[String(request.type)]] : null;
  };
  const opening = person.text(words, { id: 'wamid.one1' });
  const hidden = provider.person({ userId: 'SA.1349902' });
  const quoting = anOutbound({ quotes: 'wamid.one1', text: 'جواب' });
  let isDown = false;
  const down = async (): Promise<void> => {
    if (!isDown) await provider.stop();
    isDown = true;
  };
  return {
    provider,
    person,
    post,
    say,
    channel,
    sink,
    log,
    secrets: [
      settings.WHATSAPP_CLOUD_ACCESS_TOKEN ?? '',
      settings.WHATSAPP_CLOUD_APP_SECRET ?? '',
      settings.WHATSAPP_CLOUD_VERIFY_TOKEN ?? '',
      words,
      number,
    ],
    inbound: [
      {
        name: 'Arabic words',
        send: () => say(opening),
        expect: {
          externalId: 'wamid.one1',
          address: number,
          phone: `+${number}`,
          identity: person.userId,
          displayName: 'سارة',
          kind: 'text',
          text: words,
        },
      },
      {
        name: 'somebody who hides the number',
        send: () => say(hidden.text('من دون رقم')),
        expect: { address: 'SA.1349902', identity: 'SA.1349902', conversationKey: 'SA.1349902' },
      },
      {
        name: 'a voice note',
        send: () => say(person.voice({ bytes: Buffer.from('opus') })),
        expect: { kind: 'audio', text: '', attachments: [expect.objectContaining({ type: 'audio/ogg' })] as never },
      },
      {
        name: 'a tapped button',
        send: () => say(person.buttonReply({ id: 'yes', title: 'نعم' })),
        expect: { kind: 'text', text: 'نعم', quickReplyId: 'yes' },
      },
      {
        name: 'something new',
        send: () => say(person.any('hologram', { hologram: { id: '1' } })),
        expect: { kind: 'unsupported', detail: 'hologram' },
      },
    ],
    garbled: [
      { name: 'no JSON', send: () => post('{"object":') },
      { name: 'a list', send: () => post('[]') },
      { name: 'nothing in it', send: () => post('{"object":"whatsapp_business_account","entry":[]}') },
      {
        name: 'a message without an id',
        send: () =>
          post(
            pack(person.text('سؤال'))
              .toString()
              .replace(/"id":"wamid[^"]*",/, ''),
          ),
      },
    ],
    unauthorised: [
      { name: 'no signature', send: () => post(pack(opening), null) },
      { name: 'a wrong one', send: () => post(pack(opening), `sha256=${'0'.repeat(64)}`) },
      { name: 'half a one', send: () => post(pack(opening), 'sha256=00') },
    ],
    outbound: [
      {
        name: 'words',
        prepare: open,
        message: anOutbound(),
        arrived: last,
        expect: ['text', { body: 'وصلتنا رسالتك', preview_url: false }],
      },
      {
        name: 'an answer to a message',
        prepare: open,
        message: quoting,
        arrived: () => [provider.sent.at(-1)?.request.context, provider.sent.at(-1)?.request.biz_opaque_callback_data],
        expect: [{ message_id: 'wamid.one1' }, quoting.id],
      },
      {
        name: 'three choices',
        prepare: open,
        message: anOutbound({ quickReplies: choices(3) }),
        arrived: last,
        expect: [
          'interactive',
          {
            type: 'button',
            body: { text: 'وصلتنا رسالتك' },
            action: { buttons: choices(3).map((reply) => ({ type: 'reply', reply })) },
          },
        ],
      },
      {
        name: 'ten choices',
        prepare: open,
        message: anOutbound({ quickReplies: choices(10) }),
        arrived: last,
        expect: [
          'interactive',
          {
            type: 'list',
            body: { text: 'وصلتنا رسالتك' },
            action: { button: 'الخيارات', sections: [{ rows: choices(10) }] },
          },
        ],
      },
      {
        name: 'a file with words below it',
        prepare: open,
        message: anOutbound({ attachments: [aFile()] }),
        arrived: () => [provider.sent.length, last()],
        expect: [1, ['document', { id: expect.any(String), caption: 'وصلتنا رسالتك', filename: 'نموذج.pdf' }]],
      },
      {
        name: 'a template',
        prepare: async () => {
          await open();
          provider.closeWindow(person);
        },
        message: anOutbound({
          template: {
            name: 'ticket_update',
            language: 'ar',
            parameters: [
              { part: 'header', name: 'ticket', value: '1042' },
              { part: 'body', name: 'name', value: 'سارة' },
              { part: 'body', name: 'status', value: 'قيد\nالتنفيذ' },
            ],
          },
        }),
        arrived: last,
        expect: [
          'template',
          {
            name: 'ticket_update',
            language: { code: 'ar' },
            components: [
              { type: 'header', parameters: [{ type: 'text', parameter_name: 'ticket', text: '1042' }] },
              {
                type: 'body',
                parameters: [
                  { type: 'text', parameter_name: 'name', text: 'سارة' },
                  { type: 'text', parameter_name: 'status', text: 'قيد التنفيذ' },
                ],
              },
            ],
          },
        ],
      },
    ],
    failures: [
      {
        name: 'another inbox',
        prepare: open,
        message: anOutbound({ inboxId: 'other' }),
        code: 'config-invalid',
        retryable: false,
      },
      {
        name: 'a closed window',
        prepare: async () => {
          await open();
          provider.closeWindow(person);
        },
        message: anOutbound(),
        code: 'window-closed',
        retryable: false,
      },
      {
        name: 'too many to one person',
        prepare: fails(131056),
        message: anOutbound(),
        code: 'throttled',
        retryable: true,
      },
      { name: 'too many in all', prepare: fails(130429), message: anOutbound(), code: 'throttled', retryable: true },
      { name: 'opted out', prepare: fails(131050), message: anOutbound(), code: 'opted-out', retryable: false },
      { name: 'no such person', prepare: fails(131026), message: anOutbound(), code: 'rejected', retryable: false },
      { name: 'a wrong token', prepare: fails(190), message: anOutbound(), code: 'unreachable', retryable: true },
      { name: 'a failing server', prepare: fails(503), message: anOutbound(), code: 'unreachable', retryable: true },
      { name: 'a cut connection', prepare: fails('reset'), message: anOutbound(), code: 'timed-out', retryable: true },
      { name: 'nobody there', prepare: down, message: anOutbound(), code: 'unreachable', retryable: true },
    ],
    beyond: [
      { name: 'a text beyond its length', message: anOutbound({ text: 'x'.repeat(4097) }) },
      { name: 'an empty message', message: anOutbound({ text: ' ' }) },
      { name: 'eleven choices', message: anOutbound({ quickReplies: choices(11) }) },
      { name: 'a program', message: anOutbound({ attachments: [aFile({ type: 'application/x-msdownload' })] }) },
      { name: 'a large picture', message: anOutbound({ attachments: [aFile({ type: 'image/png', bytes: 6e6 })] }) },
      { name: 'too many files', message: anOutbound({ attachments: Array.from({ length: 11 }, () => aFile()) }) },
      { name: 'nobody', message: anOutbound({ address: 'somebody' }) },
    ],
    async stop() {
      await channel.stop();
      await down();
    },
  };
}

channelContract('whatsapp-cloud', openRig);

describe('the number of the Cloud API', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.stop());

  it('is told once the provider was asked', async () => {
    expect(rig.channel.state()).toMatchObject({ state: 'stopped' });
    await rig.channel.start(rig.sink);
    expect(rig.channel.state()).toEqual({ state: 'connected', reason: null, phone: '+966112345678' });
  });

  it('has wrong credentials where the provider refuses the token, and only then', async () => {
    rig.provider.failNext(190, 1, { on: 'phone' });
    await rig.channel.start(rig.sink);
    expect(rig.channel.state()).toMatchObject({ state: 'bad-credentials', reason: expect.stringMatching(/token/) });
    await rig.channel.stop();
    rig.provider.failNext(500, 1, { on: 'phone' });
    await rig.channel.start(rig.sink);
    expect(rig.channel.state()).toMatchObject({
      state: 'reconnecting',
      reason: expect.stringMatching(/not available/),
    });
  });

  it('is in trouble once a sending or a receipt says so, until one goes out again', async () => {
    await rig.channel.start(rig.sink);
    await rig.provider.deliver(rig.person.text('سؤال'));
    rig.provider.failNext(131031);
    await expect(rig.channel.send(anOutbound(), AbortSignal.timeout(5_000))).rejects.toMatchObject({
      code: 'unreachable',
      scope: 'inbox',
    });
    expect(rig.channel.state()).toMatchObject({ state: 'reconnecting', reason: expect.stringMatching(/locked/) });
    await rig.channel.send(anOutbound(), AbortSignal.timeout(5_000));
    expect(rig.channel.state().state).toBe('connected');
    const [message] = rig.provider.sent;
    if (!message) throw new Error('nothing was sent');
    await rig.say(rig.provider.receipt(message, 'failed', 131042));
    expect(rig.channel.state()).toMatchObject({ state: 'reconnecting', reason: expect.stringMatching(/payment/) });
  });

  it('answers the question whether the webhook is ours, and no other', () => {
    const ask = (token: string, mode = 'subscribe') =>
      rig.channel.webhook?.challenge(
        new URLSearchParams({ 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': '1158' }),
      );
    expect(ask('simulated-verify-token')).toBe('1158');
    expect(ask('another')).toBeNull();
    expect(ask('simulated-verify-token', 'unsubscribe')).toBeNull();
  });
});
