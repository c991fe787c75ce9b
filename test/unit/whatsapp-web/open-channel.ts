import { mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createWhatsappWeb } from '../../../channels/whatsapp-web/channel.ts';
import { whatsappWebKind } from '../../../channels/whatsapp-web/settings.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { checkInbox } from '../../../src/inbox/given-inboxes.ts';
import { createRecordingSink, type RecordingSink } from '../../contract/channel-contract.ts';
import { outboundOf } from '../../fakes/an-outbound.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { hostDeps } from '../../fakes/host-deps.ts';
import type { FakeWorld } from './fake-client.ts';

export interface OpenChannel {
  channel: Channel;
  sink: RecordingSink;
  clock: FakeClock;
  log: string[];
  counted: string[];
  directory: string;
  notes: Map<string, string>;
}

/** A sink that remembers its notes, as the real one does. */
export function createSink(notes: Map<string, string>): RecordingSink {
  const sink = createRecordingSink();
  sink.recall = async (key) => notes.get(key) ?? null;
  sink.remember = async (key, value) => void notes.set(key, value);
  return sink;
}

/** The same in each run: pauses hang on them. */
const ids = { next: () => 'id', token: () => 'token' };

export const settingsOf = (values: Record<string, string> = {}): Record<string, unknown> => {
  const checked = checkInbox(whatsappWebKind, { ENABLED: 'true', ...values });
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return checked.values;
};

interface Given {
  values?: Record<string, string>;
  notes?: Map<string, string>;
  clock?: FakeClock;
  /** False where the test starts it itself. */
  started?: boolean;
}

/** A channel on a fake client, started; it is stopped when the test ends. */
export async function openChannel(world: FakeWorld, given: Given = {}): Promise<OpenChannel> {
  const { values = {}, notes = new Map<string, string>() } = given;
  const clock = given.clock ?? createFakeClock('2026-11-22T08:00:00.000Z');
  world.now = clock.now;
  const directory = mkdtempSync(join(tmpdir(), 'wasl-web-'));
  const sink = createSink(notes);
  const [log, counted]: [string[], string[]] = [[], []];
  const deps = hostDeps({ clock, ids, lines: log, counted, directory: () => directory });
  const channel = createWhatsappWeb({ inboxId: 'whatsapp-web', values: settingsOf(values) }, deps, {
    library: () => world.library(),
    browser: () => world.browser(),
  });
  onTestFinished(async () => {
    world.hangs = 'nothing';
    await channel.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  if (given.started !== false) await channel.start(sink);
  return { channel, sink, clock, log, counted, directory, notes };
}

/** Lets everything that waits for nothing but other code and small files come to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await stat(tmpdir());
  }
}

type Of<Name extends GivenEvent['event']> = Extract<GivenEvent, { event: Name }>;

export const eventsOf = <Name extends GivenEvent['event']>(sink: RecordingSink, name: Name): Of<Name>[] =>
  sink.events.filter((event): event is Of<Name> => event.event === name);

export const anOutbound = outboundOf({ inboxId: 'whatsapp-web', address: '966512345678@c.us' });
