import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { capabilities } from '../../../channels/whatsapp-web/capabilities.ts';
import { createWhatsappWeb } from '../../../channels/whatsapp-web/channel.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { FakeWorld, type Raw, shapes } from '../../unit/whatsapp-web/fake-client.ts';
import { anOutbound, createSink, settingsOf } from '../../unit/whatsapp-web/open-channel.ts';
import { type ChannelRig, channelContract } from '../channel-contract.ts';

const sara = '966512345678@c.us';
const words = 'رقمي السري هو ما لا يُكتب في سجل';

async function openRig(shape: (typeof shapes)[number]): Promise<ChannelRig> {
  const world = new FakeWorld(shape);
  world.now = Date.now;
  const directory = mkdtempSync(join(tmpdir(), 'wasl-web-'));
  const log: string[] = [];
  const waiting: ((outcome: 'taken' | 'refused') => void)[] = [];
  const told: Readonly<Record<string, 'taken' | 'refused'>> = {
    taken: 'taken',
    duplicate: 'taken',
    'not-taken': 'refused',
    unreadable: 'refused',
  };
  const deps = hostDeps({ lines: log, directory: () => directory });
  deps.count = (event) => {
    const outcome = told[event];
    if (outcome) for (const tell of waiting.splice(0)) tell(outcome);
  };
  const sink = createSink(new Map());
  sink.openAttachment = async () => ({
    name: 'form.pdf',
    type: 'application/pdf',
    stream: Readable.from([Buffer.from('a form')]),
  });
  const channel = createWhatsappWeb({ inboxId: 'whatsapp-web', values: settingsOf() }, deps, {
    library: () => world.library(),
    browser: () => world.browser(),
  });

  const hear = (act: () => void) => (): Promise<'taken' | 'refused'> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      act();
    });
  const written = (id: string, fields: Raw) =>
    hear(() => {
      const t = Math.floor(Date.now() / 1000);
      const rawData: Raw = { id: world.key(false, sara, id), type: 'chat', from: sara, t, ...fields };
      world.client.emit('message_create', { rawData });
    });
  const clear = async (): Promise<void> => {
    world.sent.splice(0);
    world.sending = 'ok';
  };
  const last = () => {
    const [found] = world.sent;
    return found ? { chat: found.chat, content: found.content, caption: found.options.caption ?? null } : null;
  };
  const file = { id: 'f', name: 'form.pdf', type: 'application/pdf', bytes: 6 };

  return {
    channel,
    sink,
    log,
    secrets: ['966512345678', words, sara],
    inbound: [
      {
        name: 'a text',
        send: written('3EB0ONE', { body: words, notifyName: 'سارة' }),
        expect: {
          address: sara,
          phone: '+966512345678',
          text: words,
          kind: 'text',
          displayName: 'سارة',
          externalId: '3EB0ONE',
        },
      },
      {
        name: 'a picture',
        send: written('3EB0TWO', {
          type: 'image',
          caption: 'الإيصال',
          directPath: '/p',
          mimetype: 'image/jpeg',
          size: 10,
        }),
        expect: { kind: 'image', text: 'الإيصال' },
      },
      {
        name: 'a kind that nobody knows',
        send: written('3EB0SIX', { type: 'hologram', body: '?' }),
        expect: { kind: 'unsupported', detail: 'hologram' },
      },
    ],
    garbled: [
      { name: 'nothing', send: hear(() => world.client.emit('message_create', undefined)) },
      {
        name: 'no id',
        send: hear(() => world.client.emit('message_create', { rawData: { type: 'chat', body: words } })),
      },
      { name: 'an id of another form', send: hear(() => world.client.emit('message_create', { rawData: { id: 7 } })) },
    ],
    outbound: [
      {
        name: 'a text',
        prepare: clear,
        message: anOutbound(),
        arrived: last,
        expect: { chat: sara, content: 'وصلتنا رسالتك', caption: null },
      },
      {
        name: 'a file',
        prepare: clear,
        message: anOutbound({ attachments: [file] }),
        arrived: last,
        expect: {
          chat: sara,
          content: { type: 'application/pdf', base64: 'YSBmb3Jt', name: 'form.pdf', bytes: 6 },
          caption: 'وصلتنا رسالتك',
        },
      },
    ],
    failures: [
      {
        name: 'not on WhatsApp',
        prepare: async () => void world.notOnWhatsapp.add('966599999999'),
        message: anOutbound({ address: '966599999999@c.us' }),
        code: 'rejected',
        retryable: false,
      },
      {
        name: 'the page fails',
        prepare: async () => void Object.assign(world, { sending: 'fails' }),
        message: anOutbound(),
        code: 'unexpected-response',
        retryable: true,
      },
      {
        name: 'the page is gone',
        prepare: async () => void Object.assign(world, { sending: 'gone' }),
        message: anOutbound(),
        code: 'unreachable',
        retryable: true,
      },
    ],
    beyond: [
      { name: 'a text that is too long', message: anOutbound({ text: 'أ'.repeat(capabilities.text.maxLength + 1) }) },
      { name: 'too many files', message: anOutbound({ attachments: Array.from({ length: 11 }, () => file) }) },
      { name: 'a file that is too large', message: anOutbound({ attachments: [{ ...file, bytes: 2 ** 25 }] }) },
    ],
    async stop() {
      await channel.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

for (const shape of shapes) channelContract('whatsapp-web', () => openRig(shape));
