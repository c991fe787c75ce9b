import type { Capabilities } from '../../../src/channel/capabilities.ts';
import type { Channel } from '../../../src/channel/channel.ts';
import { createFlow } from '../../../src/flow/create-flow.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { openFlow } from '../../fakes/flow.ts';
import { createFakeMembers } from '../../fakes/members.ts';
import { createReachableStore } from '../../fakes/reachable-store.ts';

export interface ProcessOptions {
  can?: Partial<Capabilities>;
  /** What the channel of each process has besides. */
  more?: (name: string) => Partial<Channel>;
  serves?: (name: string) => boolean;
}

/** Several processes on one store, each with a channel of its own; `sent` is what all of them sent, in order. */
export async function openProcesses(names: readonly string[], options: ProcessOptions = {}) {
  const base = await openFlow();
  await base.flow.stop();
  const group = createFakeMembers();
  const sent: { by: string; id: string; text: string }[] = [];
  const begin = (name: string) => {
    const members = group.join(name);
    const store = createReachableStore(base.store);
    const channel = createFakeChannel('fake', options.can);
    Object.assign(channel, options.more?.(name));
    const send = channel.send.bind(channel);
    channel.send = async (message, signal) => {
      const result = await send(message, signal);
      sent.push({ by: name, id: message.id, text: message.text });
      return result;
    };
    const errors: string[] = [];
    const none = (): void => undefined;
    const log = { debug: none, info: none, warn: none, error: (_: object, said: string) => void errors.push(said) };
    const serves = (): boolean => options.serves?.(name) ?? true;
    const channels = new Map([['fake', channel]]);
    const flow = createFlow({ ...base.deps, store, channels, members, log, serves });
    return { name, members, store, channel, errors, flow };
  };
  const all = names.map(begin);
  /** Lets everything come to rest that no clock holds: so many turns of the event loop in which nobody waits for the store. */
  const turns = async (count = 40): Promise<void> => {
    for (let left = count; left > 0; left--) {
      await new Promise((resolve) => setImmediate(resolve));
      if (all.some(({ store }) => store.inHand > 0)) left = Math.max(left, Math.min(count, 10));
    }
  };
  for (const { flow, channel } of all) {
    await channel.start(flow.sink('fake'));
    await flow.start();
  }
  const pass = async (ms: number, step = 500): Promise<void> => {
    for (let left = ms; left > 0; left -= step) {
      base.clock.advance(Math.min(step, left));
      await turns();
    }
  };
  return {
    base,
    all,
    sent,
    turns,
    /** Lets time pass, and what happens in it. */
    pass,
    /** A process ends as by `kill -9`: nothing of it reaches the store any more, and the others find that it is gone. */
    kill(one: ReturnType<typeof begin>): void {
      one.store.isDown = true;
      one.members.bury();
    },
    async cleanUp(): Promise<void> {
      const stopping = Promise.all(all.map(({ flow }) => flow.stop()));
      // what hangs in a channel ends by its time
      await pass(120_000, 10_000);
      await stopping;
      await base.cleanUp();
    },
  };
}

export type Processes = Awaited<ReturnType<typeof openProcesses>>;
export type Process = Processes['all'][number];

/** Something that can be held up and let go. */
export function aGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
