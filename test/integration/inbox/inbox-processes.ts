import { onTestFinished } from 'vitest';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import type { HostDeps } from '../../../src/channel/kind.ts';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { FlowDeps } from '../../../src/flow/deps.ts';
import { createSink } from '../../../src/flow/sink.ts';
import { createIds } from '../../../src/ids.ts';
import type { InboxView } from '../../../src/inbox/held.ts';
import { createInboxes, type Inboxes } from '../../../src/inbox/inboxes.ts';
import { createLoneKind, type LoneChannel } from '../../fakes/lone-kind.ts';
import { type Process, type Several, several } from '../cluster/several.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** One process of several with its inboxes. */
export interface InboxProcess {
  process: Process;
  inboxes: Inboxes;
  opened: LoneChannel[];
  /** What came in by its sinks and was taken. */
  received: GivenEvent[];
  view(id: string): InboxView | undefined;
}

export interface InboxProcesses extends Several {
  all: InboxProcess[];
  /** Those of whom a channel of the inbox runs. */
  running(id?: string): InboxProcess[];
  /** The one that runs it and another one, as soon as there are. */
  apart(id?: string): Promise<{ owner: InboxProcess; other: InboxProcess }>;
  /** Passes time until the condition holds; gives how long it took, in ms. */
  until(holds: () => boolean, mostMs?: number): Promise<number>;
}

export const lone = 'lone';

/** A process to which no lease comes. */
const lookingOn = (cluster: Cluster): Cluster => ({
  ...cluster,
  leases: { ...cluster.leases, hold: () => async () => undefined },
});

async function openIn(process: Process, isLookingOn: boolean): Promise<InboxProcess> {
  const { store, clock } = process;
  const cluster = isLookingOn ? lookingOn(process.cluster) : process.cluster;
  const { kind, opened } = createLoneKind();
  const received: GivenEvent[] = [];
  const inboxes = await createInboxes({
    store,
    cluster,
    clock,
    ids: createIds(),
    key: Buffer.alloc(32, 1),
    kinds: [kind],
    given: [{ kind: 'lone', inboxId: lone, values: { TOKEN: 'word' } }],
    create: (one, inbox) => one.create(inbox, {} as HostDeps),
    log: silent,
  });
  const deps = { store, clock, members: cluster.members, log: silent, ids: createIds() } as unknown as FlowDeps;
  const take = {
    receive: async (event: GivenEvent) => {
      received.push(event);
      return { messageId: 'm', conversationId: 'c', duplicate: false };
    },
    typing: () => undefined,
    changed: () => undefined,
  };
  await inboxes.start((inboxId, lease) => createSink(deps, inboxId, take, lease));
  onTestFinished(() => (process.isDead ? undefined : inboxes.stop()));
  const view = (id: string) => inboxes.list().find((one) => one.id === id);
  return { process, inboxes, opened, received, view };
}

/**
 * Processes that share a store and have an inbox `lone` of which one process at a time may run a channel; after them
 * some that only look on.
 */
export async function inboxProcesses(count: number, lookers = 0): Promise<InboxProcesses> {
  const world = await several(count + lookers);
  const all: InboxProcess[] = [];
  for (const [at, process] of world.processes.entries()) all.push(await openIn(process, at >= count));
  const running = (id = lone) =>
    all.filter(({ process, opened }) => !process.isDead && opened.some((one) => one.inboxId === id && one.isRunning));
  const until: InboxProcesses['until'] = async (holds, mostMs = 40_000) => {
    for (let ms = 0; ms <= mostMs; ms += 500) {
      if (holds()) return ms;
      await world.pass(500);
    }
    throw new Error(`it did not come within ${mostMs} ms`);
  };
  const apart: InboxProcesses['apart'] = async (id = lone) => {
    await until(() => running(id).length === 1);
    const [owner] = running(id);
    const other = all.find((one) => one !== owner && !one.process.isDead);
    if (!owner || !other) throw new Error('there are no two processes');
    return { owner, other };
  };
  return { ...world, all, running, until, apart };
}
