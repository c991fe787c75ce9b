import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { Channel } from '../../../src/channel/channel.ts';
import type { ChannelWebhook } from '../../../src/channel/webhook.ts';
import { createDoors, type Doors } from '../../../src/flow/doors.ts';
import { arrivals } from '../../../src/message/arrival.ts';
import { aGate, openProcesses, type Process, type Processes } from './open-processes.ts';

let group: Processes;
let [a, b] = [] as unknown as [Process, Process];
/** What was read, by whom, in the order in which it was begun and in which it was stored. */
let begun: string[];
let done: string[];
let ended = aGate();
/** What a reading waits for before it is stored. */
let held: (name: string, raw: string) => Promise<void>;

/** A post is `people: words`, of one person or of several with a plus between. */
const peopleOf = (raw: string): string[] => raw.split(':')[0]?.split('+') ?? [];

/** As the core does: what one sender says goes through one door of a process, in the order in which it comes. */
const webhookOf = (name: string): Partial<Channel> => {
  const doors = createDoors();
  return { webhook: webhookBehind(doors, name) };
};

const webhookBehind = (doors: Doors, name: string): ChannelWebhook => ({
  path: '/posts',
  maxBytes: 1_000,
  challenge: () => null,
  recognise: () => ({ mine: true, strangers: [] }),
  senders: peopleOf,
  take: async (raw) => {
    begun.push(`${name} ${raw}`);
    const store = (): Promise<number> => held(name, raw).then(() => done.push(raw));
    const [first = '', ...others] = peopleOf(raw);
    await doors.run(first, () => (others[0] ? doors.run(others[0], store) : store()));
    return 'taken';
  },
});

const open = async (names: readonly string[] = ['a', 'b'], more: object = {}): Promise<void> => {
  begun = [];
  done = [];
  ended = aGate();
  held = async () => undefined;
  group = await openProcesses(names, { more: (name) => ({ ...webhookOf(name), ...more }) });
  [a, b] = group.all as [Process, Process];
};
const close = async (): Promise<void> => {
  ended.open();
  await group.cleanUp();
};
afterEach(close);

/** What hangs until the test is over, as in a process that is gone. */
const hang = (): Promise<never> =>
  ended.opened.then(() => {
    throw new Error('The test is over.');
  });

/** A post of its own millisecond. */
const arrive = async (by: Process | undefined, raw: string): Promise<void> => {
  group.base.clock.advance(1);
  await by?.flow.arrive('fake', raw);
};

const waiting = () => group.base.store.count(arrivals, { index: 'by-due', where: {} });

it('are read one after the other, though different processes have them', async () => {
  await open();
  const gate = aGate();
  held = (_, raw) => (raw === 'huda: 1' ? gate.opened : Promise.resolve());
  await arrive(a, 'huda: 1');
  await arrive(b, 'huda: 2');
  await arrive(b, 'huda+omar: 3');
  await arrive(b, 'omar: 4');
  await arrive(b, 'sara: 5');
  await group.pass(3_000, 100);
  expect(begun).toEqual(['a huda: 1', 'b sara: 5']);
  gate.open();
  await group.turns();
  await group.pass(500, 100);
  expect(begun).toEqual(['a huda: 1', 'b sara: 5', 'b huda: 2', 'b huda+omar: 3', 'b omar: 4']);
  await expect.poll(waiting).toBe(0);
});

it('are taken over at once from a process that is gone, in their order', async () => {
  await open();
  held = (name) => (name === 'a' ? hang() : Promise.resolve());
  await arrive(a, 'huda: 1');
  await arrive(a, 'huda: 2');
  await arrive(b, 'huda: 3');
  await arrive(a, 'omar: 1');
  await group.pass(10_000, 500);
  expect(begun.filter((one) => one.startsWith('b'))).toEqual([]);
  begun.length = 0;
  group.kill(a);
  await group.pass(1_000, 100);
  expect(begun.filter((one) => one.includes('huda'))).toEqual(['b huda: 1', 'b huda: 2', 'b huda: 3']);
  expect(begun).toContain('b omar: 1');
});

it('are not waited for where one is put off or kept to be looked at', async () => {
  await open();
  held = (_, raw) => (raw === 'huda: 1' ? Promise.reject(new Error('The provider is not well.')) : Promise.resolve());
  await arrive(a, 'huda: 1');
  await group.turns();
  await arrive(b, 'huda: 2');
  await group.turns();
  expect(done).toEqual(['huda: 2']);
});

it('are read by one process each, however often the same is posted to several', async () => {
  await open(['a', 'b', 'c']);
  const outcomes = await Promise.all(group.all.map(({ flow }) => flow.arrive('fake', 'huda: 1')));
  await group.pass(5_000);
  expect(outcomes.filter((one) => one === 'kept')).toHaveLength(1);
  expect(begun).toHaveLength(1);
});

it('are read by the process that serves the inbox alone, whoever keeps them', async () => {
  begun = [];
  done = [];
  ended = aGate();
  held = async () => undefined;
  const serves = (name: string): boolean => name === 'a';
  group = await openProcesses(['a', 'b'], { serves, more: (name) => ({ ...webhookOf(name), runsAlone: true }) });
  [a, b] = group.all as [Process, Process];
  await arrive(b, 'huda: 1');
  await group.turns();
  expect(begun).toEqual([]);
  await group.pass(2_500);
  expect(begun).toEqual(['a huda: 1']);
  await expect.poll(waiting).toBe(0);
});

it('keep their order whatever processes get them, however long each reading takes, and whichever dies', async () => {
  const post = fc.record({ by: fc.nat(2), person: fc.nat(2), slow: fc.nat(6) });
  await fc.assert(
    fc.asyncProperty(fc.array(post, { minLength: 10, maxLength: 30 }), fc.nat(29), async (posts, dies) => {
      await open(['a', 'b', 'c']);
      const slow = new Map<string, number>();
      held = async (name, raw) => {
        const one = group.all.find((each) => each.name === name);
        await group.turns(slow.get(raw) ?? 0);
        // what a process that is gone still does reaches nobody
        if (one?.store.isDown) await hang();
      };
      try {
        for (const [at, { by, person, slow: turns }] of posts.entries()) {
          const raw = `person-${person}: ${String(at).padStart(2, '0')}`;
          slow.set(raw, turns * 3);
          const live = group.all.filter(({ store }) => !store.isDown);
          await arrive(live[by % live.length], raw);
          if (at === dies) group.kill(group.all[1] as Process);
        }
        await group.pass(4_000, 100);
        const said = [...new Set(done)];
        expect(said).toHaveLength(posts.length);
        for (const person of [0, 1, 2]) {
          const theirs = said.filter((raw) => raw.startsWith(`person-${person}:`));
          expect(theirs).toEqual(theirs.toSorted());
        }
        expect(await waiting()).toBe(0);
      } finally {
        await close();
      }
    }),
    // behind a wire each run takes many times as long
    { numRuns: process.env.MONGODB_URL ? 3 : 12 },
  );
  await open();
});
