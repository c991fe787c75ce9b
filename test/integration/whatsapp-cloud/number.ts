import { Readable } from 'node:stream';
import { whatsappCloud } from '../../../channels/whatsapp-cloud/channel.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import type { Clock } from '../../../src/clock.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { createRecordingSink, type RecordingSink } from '../../contract/channel-contract.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
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
  const deps = hostDeps({ counted, text: () => 'الخيارات', ...(clock ? { clock } : {}) });
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

export const anOutbound = outboundOf({
  inboxId: 'whatsapp-cloud',
  address: '966501112222',
  text: 'جواب',
  author: 'agent',
  automated: false,
});
