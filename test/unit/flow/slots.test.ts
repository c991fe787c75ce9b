import { describe, expect, it } from 'vitest';
import { createSlots } from '../../../src/flow/slots.ts';

describe('slots', () => {
  it('let so many run at a time, the others in their order, and other names beside them', async () => {
    const slots = createSlots();
    const opened: (() => void)[] = [];
    const began: string[] = [];
    const work = (name: string) => () =>
      new Promise<void>((resolve) => {
        began.push(name);
        opened.push(resolve);
      });
    const all = ['a', 'b', 'c'].map((name) => slots.run('one', 2, work(name)));
    all.push(slots.run('two', 2, work('d')), slots.run('one', null, work('e')));
    expect(began).toEqual(['a', 'b', 'd', 'e']);
    opened[0]?.();
    await all[0];
    await Promise.resolve();
    expect(began).toEqual(['a', 'b', 'd', 'e', 'c']);
    for (const open of opened) open();
    await Promise.all(all);
  });

  it('go on after work that failed', async () => {
    const slots = createSlots();
    const failing = slots.run('one', 1, () => Promise.reject(new Error('no')));
    const next = slots.run('one', 1, async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
