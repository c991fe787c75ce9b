import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { contain } from '../../../../channels/email/reader/outburst.ts';

const never = () => new Promise<string>(() => {});

describe('an error that nobody waits for', () => {
  it('ends the task that it came up in, even where that would never end', async () => {
    const outbursts = new EventEmitter();
    const task = contain(outbursts, never);
    outbursts.emit('uncaughtException', new Error('from a stream'));
    await expect(task).rejects.toThrow('from a stream');
  });

  it('is listened for only as long as the task runs', async () => {
    const outbursts = new EventEmitter();
    expect(await contain(outbursts, async () => outbursts.listenerCount('uncaughtException'))).toBe(1);
    await expect(contain(outbursts, () => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
    expect(outbursts.listenerCount('uncaughtException')).toBe(0);
  });
});
