import { describe, expect, it } from 'vitest';
import { createSender, type Outcome, outcomeOf, pauseAfter } from '../../../channels/web-chat/widget/panel/sender.ts';
import type { Outgoing } from '../../../channels/web-chat/widget/panel/thread.ts';
import type { SendReply } from '../../../channels/web-chat/widget/protocol.ts';
import { aClock, anOutgoing } from './builders.ts';

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

function aSender(replies: (SendReply | undefined)[]) {
  const clock = aClock();
  const emitted: string[] = [];
  const outcomes: Outcome[] = [];
  let isConnected = true;
  let waiting: Outgoing[] = ['c1', 'c2'].map((clientId) => anOutgoing({ clientId }));
  const sender = createSender({
    isConnected: () => isConnected,
    next: () => waiting[0],
    emit: async (item) => {
      emitted.push(item.clientId);
      return replies.shift();
    },
    attempted: () => undefined,
    done(item, outcome) {
      outcomes.push(outcome);
      if (outcome.kind !== 'later') waiting = waiting.filter((one) => one !== item);
    },
    after: clock.after,
  });
  const connect = (on: boolean): void => {
    isConnected = on;
  };
  return { sender, clock, emitted, outcomes, connect };
}

describe('the sender', () => {
  it('sends in order, the next only after the one before has its answer', async () => {
    const { sender, emitted } = aSender([{ id: 'm1' }, { id: 'm2' }]);
    sender.pump();
    sender.pump();
    expect(emitted).toEqual(['c1']);
    await settled();
    expect(emitted).toEqual(['c1', 'c2']);
  });

  it('sends again what nobody answered, after a pause that grows', async () => {
    const { sender, clock, emitted } = aSender([undefined, undefined, { id: 'm1' }]);
    sender.pump();
    await settled();
    clock.pass(999);
    await settled();
    expect(emitted).toEqual(['c1']);
    clock.pass(1);
    await settled();
    expect(emitted).toEqual(['c1', 'c1']);
    clock.pass(1_999);
    await settled();
    expect(emitted).toEqual(['c1', 'c1']);
  });

  it('sends nothing while there is no connection, and goes on at once with a new one', async () => {
    const { sender, emitted, connect } = aSender([undefined, { id: 'm1' }, { id: 'm2' }]);
    sender.pump();
    await settled();
    connect(false);
    sender.renew();
    expect(emitted).toEqual(['c1']);
    connect(true);
    sender.renew();
    await settled();
    expect(emitted).toEqual(['c1', 'c1', 'c2']);
  });

  it('keeps a pause that the server asked for, over a new connection too', async () => {
    const flood = { error: { code: 'rate-limited', message: 'مهلًا من فضلك', retryAfterMs: 4_000 } };
    const { sender, clock, emitted, outcomes } = aSender([flood, { id: 'm1' }, { id: 'm2' }]);
    sender.pump();
    await settled();
    expect(outcomes).toEqual([{ kind: 'later', afterMs: 4_000, message: 'مهلًا من فضلك' }]);
    sender.renew();
    await settled();
    expect(emitted).toEqual(['c1']);
    clock.pass(4_000);
    await settled();
    expect(emitted).toEqual(['c1', 'c1', 'c2']);
  });

  it('goes on with the next when one is refused for good', async () => {
    const { sender, emitted } = aSender([{ error: { code: 'invalid', message: 'فارغة' } }, { id: 'm2' }]);
    sender.pump();
    await settled();
    expect(emitted).toEqual(['c1', 'c2']);
  });
});

describe('an outcome', () => {
  it.each(['invalid', 'forbidden', 'not-found', 'not-allowed', 'conflict', 'gone'])('of %s is final', (code) => {
    expect(outcomeOf({ error: { code, message: 'x' } }, 1)).toEqual({ kind: 'refused', message: 'x' });
  });

  it('of anything else is tried again, without words for the visitor', () => {
    expect(outcomeOf({ error: { code: 'unavailable', message: 'x' } }, 3)).toEqual({
      kind: 'later',
      afterMs: 4_000,
      message: '',
    });
  });

  it('never waits longer than half a minute by itself', () => {
    expect(pauseAfter(1)).toBe(1_000);
    expect(pauseAfter(50)).toBe(30_000);
  });
});
