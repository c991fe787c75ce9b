import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GivenEvent } from '../../../src/channel/inbound.ts';
import { conversations } from '../../../src/conversation/conversation.ts';
import { openFlow, type TestFlow } from '../../fakes/flow.ts';

let test: TestFlow;
beforeEach(async () => {
  test = await openFlow();
});
afterEach(() => test.cleanUp());

/** Makes every look into the store take as many turns of the event loop as it is told. */
const slowDown = (turns: () => number): void => {
  const get = test.store.get.bind(test.store);
  test.store.get = (async (from: never, id: string) => {
    for (let left = turns(); left > 0; left--) await new Promise((resolve) => setImmediate(resolve));
    return get(from, id);
  }) as typeof test.store.get;
};

it('keeps what one sender says in the order in which it was handed over, however long each look-up takes', async () => {
  let turns: number[] = [];
  slowDown(() => turns.pop() ?? 0);
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { minLength: 30, maxLength: 60 }), async (waits) => {
      turns = [...waits];
      const address = `sender-${++round}`;
      const said = Array.from({ length: 8 }, (_, at) => `${at}`);
      const by = { address, identity: `id-${address}`, conversationKey: `id-${address}` } as Partial<GivenEvent>;
      const [first] = await Promise.all(said.map((text) => test.flow.receive(test.event(text, by))));
      await test.flow.idle();
      const conversation = await test.store.get(conversations, first?.conversationId ?? '');
      const kept = (await test.all(conversation?.id ?? '')).filter(({ direction }) => direction === 'inbound');
      expect(kept.map(({ text }) => text)).toEqual(said);
    }),
    { numRuns: 25 },
  );
});
