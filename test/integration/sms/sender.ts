import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { sms } from '../../../channels/sms/channel.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import type { Clock } from '../../../src/clock.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { createRecordingSink, type RecordingSink } from '../../contract/channel-contract.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import type { Provider } from '../../fakes/sms/model.ts';
import { createSmsSimulator, type SmsSimulator, type SmsSimulatorOptions } from '../../fakes/sms/simulator.ts';

export const person = '966500000001';
export const anOutbound = outboundOf({ inboxId: 'sms', address: person, text: 'رقم طلبكم 1042' });

/** A sender that speaks with a provider over real HTTP, both ways. */
export interface OpenSender {
  simulator: SmsSimulator;
  channel: Channel;
  sink: RecordingSink;
  /** What is on disk: kept over `restart`. */
  notes: Map<string, string>;
  log: string[];
  /** As if the process had died: what it had under way is lost, what it had noted is there. */
  restart(): Promise<void>;
}

export interface SenderOptions {
  simulator?: SmsSimulatorOptions;
  settings?: Record<string, string>;
  clock?: Clock;
  /** The base URL is below this origin in place of the simulator's. */
  origin?: string;
}

/** Stands for the core's route: who is recognised is taken, and the answer waits for it. */
async function openDoor(channel: () => Channel): Promise<string> {
  const server = createServer(async (request, response) => {
    const raw = Buffer.concat(await Array.fromAsync(request));
    const { webhook } = channel();
    const isMine = webhook?.recognise({ raw, headers: request.headers, url: request.url ?? '' })?.mine;
    const told = isMine ? await webhook?.take(raw.toString()).catch(() => 'failed') : 'refused';
    response.writeHead(told === 'failed' ? 500 : told === 'refused' ? 401 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Opens one; all of it ends with the test. */
export async function openSender(provider: Provider, options: SenderOptions = {}): Promise<OpenSender> {
  const simulator = createSmsSimulator({ reports: null, ...options.simulator });
  await simulator.start();
  const door = await openDoor(() => opened.channel);
  const notes = new Map<string, string>();
  const log: string[] = [];
  const token = options.settings?.SMS_WEBHOOK_TOKEN;
  simulator.connect(`${door}/webhooks/sms${token ? `?token=${token}` : ''}`);
  const base = simulator.settings(provider);
  const origin = options.origin ? { SMS_BASE_URL: `${options.origin}/${provider}` } : {};
  const open = async (): Promise<{ channel: Channel; sink: RecordingSink }> => {
    const [inbox] = givenInboxes([sms], { ...base, ...origin, ...options.settings });
    if (!inbox) throw new Error('the settings set up no inbox');
    const deps = hostDeps({ lines: log, publicUrl: door, ...(options.clock ? { clock: options.clock } : {}) });
    const sink = createRecordingSink();
    sink.recall = async (key) => notes.get(key) ?? null;
    sink.remember = async (key, value) => void notes.set(key, value);
    const channel = sms.create(inbox, deps);
    await channel.start(sink);
    return { channel, sink };
  };
  const opened: OpenSender = {
    ...(await open()),
    simulator,
    notes,
    log,
    async restart() {
      const before = new Map(notes);
      await opened.channel.stop();
      notes.clear();
      for (const [key, value] of before) notes.set(key, value);
      Object.assign(opened, await open());
    },
  };
  onTestFinished(async () => {
    await opened.channel.stop();
    await simulator.stop();
  });
  return opened;
}
