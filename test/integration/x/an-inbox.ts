import { x } from '../../../channels/x/channel.ts';
import type { Channel, Sink } from '../../../src/channel/channel.ts';
import type { HostDeps } from '../../../src/channel/kind.ts';
import { givenInboxes } from '../../../src/inbox/given-inboxes.ts';
import { createRecordingSink, type RecordingSink } from '../../contract/channel-contract.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import { createXSimulator, type XOptions, type XSimulator } from '../../fakes/x/simulator.ts';

/** Notes of a channel that outlive it. */
export type Notes = Map<string, string>;

export const withNotes = (sink: RecordingSink, notes: Notes): RecordingSink =>
  Object.assign(sink, {
    recall: async (key: string) => notes.get(key) ?? null,
    remember: async (key: string, value: string) => void notes.set(key, value),
  } satisfies Partial<Sink>);

export interface Opened {
  provider: XSimulator;
  channel: Channel;
  sink: RecordingSink;
  notes: Notes;
  log: string[];
  counted: string[];
  /** As after a crash: another channel over the same notes, started. */
  again(): Promise<Channel>;
  close(): Promise<void>;
}

export interface InboxOptions {
  x?: XOptions;
  settings?: Record<string, string>;
  deps?: Partial<HostDeps>;
  notes?: Notes;
}

/** An inbox of X that is started against a simulator. */
export async function openX({ x: options, settings, deps, notes = new Map() }: InboxOptions = {}): Promise<Opened> {
  const provider = createXSimulator({ auto: 'none', ...options });
  await provider.start();
  const log: string[] = [];
  const counted: string[] = [];
  const opened: Channel[] = [];
  const make = async (): Promise<{ channel: Channel; sink: RecordingSink }> => {
    const [inbox] = givenInboxes([x], { ...provider.settings(), ...settings });
    if (!inbox) throw new Error('the settings set up no inbox');
    const channel = x.create(inbox, hostDeps({ lines: log, counted, ...deps }));
    const sink = withNotes(createRecordingSink(), notes);
    opened.push(channel);
    await channel.start(sink);
    return { channel, sink };
  };
  const first = await make();
  return {
    provider,
    ...first,
    notes,
    log,
    counted,
    again: async () => (await make()).channel,
    async close() {
      for (const channel of opened) await channel.stop();
      await provider.stop();
    },
  };
}

/** Messages of the inbox `x`: the test says to whom. */
export const anOutbound = outboundOf({ inboxId: 'x', language: 'ar' });
