import { Readable } from 'node:stream';
import { whatsappCloud } from '../../../channels/whatsapp-cloud/channel.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import type { HostDeps } from '../../../src/channel/kind.ts';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { createRecordingSink, type RecordingSink } from '../../contract/channel-contract.ts';
import {
  createWhatsappCloudSimulator,
  type WhatsappCloudOptions,
  type WhatsappCloudSimulator,
} from '../../fakes/whatsapp-cloud/simulator.ts';

/** A number that speaks with the simulator over real HTTP. */
export interface OpenNumber {
  provider: WhatsappCloudSimulator;
  channel: Channel;
  sink: RecordingSink;
  counted: string[];
  /** What `openAttachment` gives, by id. */
  files: Map<string, Buffer>;
  close(): Promise<void>;
}

export interface NumberOptions {
  provider?: WhatsappCloudOptions;
  settings?: Record<string, string>;
  clock?: Clock;
}

export async function openNumber({
  provider: given = {},
  settings = {},
  clock,
}: NumberOptions = {}): Promise<OpenNumber> {
  const provider = createWhatsappCloudSimulator({ receipts: null, ...given });
  await provider.start();
  const counted: string[] = [];
  const quiet = (): void => undefined;
  const deps = {
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    clock: clock ?? systemClock,
    text: () => 'الخيارات',
    count: (event: string) => void counted.push(event),
  } as unknown as HostDeps;
  const [inbox] = givenInboxes([whatsappCloud], { ...provider.settings(), ...settings });
  if (!inbox) throw new Error('the settings set up no inbox');
  const channel = whatsappCloud.create(inbox, deps);
  const files = new Map<string, Buffer>();
  const sink = createRecordingSink();
  sink.openAttachment = async ({ id }) => {
    const bytes = files.get(id);
    return bytes ? { name: id, type: '', stream: Readable.from(bytes.length > 0 ? [bytes] : []) } : null;
  };
  await channel.start(sink);
  return {
    provider,
    channel,
    sink,
    counted,
    files,
    async close() {
      await channel.stop();
      await provider.stop();
    },
  };
}

let made = 0;

export const anOutbound = (fields: Partial<OutboundMessage> = {}): OutboundMessage => ({
  id: `delivery-${++made}`,
  messageId: 'm-1',
  inboxId: 'whatsapp-cloud',
  address: '966501112222',
  conversationKey: '966501112222',
  visibility: 'private',
  seq: 2,
  text: 'جواب',
  language: 'ar',
  quickReplies: [],
  attachments: [],
  author: 'agent',
  automated: false,
  at: '2026-11-21T08:00:00.000Z',
  ...fields,
});
