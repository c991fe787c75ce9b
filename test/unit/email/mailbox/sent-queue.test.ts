import { describe, expect, it } from 'vitest';
import { createSentQueue } from '../../../../channels/email/mailbox/sent-queue.ts';

const raw = new Uint8Array([1]);

const filled = (count: number, isMoving: () => boolean = () => true) => {
  const queue = createSentQueue(isMoving);
  for (let at = 0; at < count; at++) queue.add(raw);
  return queue;
};

/** Whether a promise has resolved by now. */
const isDone = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

describe('sent mails that wait to be filed', () => {
  it('hold up nobody while they are few', async () => {
    expect(await isDone(filled(199).room())).toBe(true);
  });

  it('hold up whoever sends while they are many, until they are few', async () => {
    const queue = filled(201);
    const room = queue.room();
    queue.next();
    queue.letGo();
    expect(await isDone(room)).toBe(false);
    queue.next();
    queue.letGo();
    expect(await isDone(room)).toBe(true);
  });

  it('hold up nobody where none of them is being filed, now or after all', async () => {
    expect(await isDone(filled(900, () => false).room())).toBe(true);
    let isMoving = true;
    const queue = filled(900, () => isMoving);
    const room = queue.room();
    isMoving = false;
    queue.letGo();
    expect(await isDone(room)).toBe(true);
  });

  it('are no more than a thousand', () => {
    const queue = filled(1000);
    expect([queue.add(raw), queue.size()]).toEqual([false, 1000]);
  });

  it('come in their order, one that failed again first', () => {
    const queue = createSentQueue(() => true);
    for (const byte of [1, 2]) queue.add(new Uint8Array([byte]));
    const first = queue.next();
    if (first) queue.putBack(first);
    expect([queue.next()?.raw[0], queue.next()?.raw[0], queue.next()]).toEqual([1, 2, undefined]);
  });
});
