import { describe, expect, it } from 'vitest';
import { openNotebook, type Result } from '../../../channels/sms/notebook.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { createNotes } from './notes.ts';

const result = (externalId: string, amount = 0.08): Result => ({
  externalId,
  status: 'accepted',
  cost: { units: 2, amount, currency: 'SAR' },
});

const day = 86_400_000;

function open(at = '2026-11-21T08:00:00Z') {
  const notes = createNotes();
  const clock = createFakeClock(at);
  return { notes, clock, again: () => openNotebook(notes, clock.now) };
}

describe('the note of sendings', () => {
  it('knows after a crash what was begun, and what came of it', async () => {
    const { again } = open();
    const before = await again();
    await before.begin('a');
    await before.begin('b');
    await before.end('a', result('77'));
    const after = await again();
    expect(after.earlier('a')).toMatchObject({ result: result('77') });
    expect(after.earlier('b')).toEqual({ at: Date.parse('2026-11-21T08:00:00Z') });
    expect(after.earlier('c')).toBeNull();
  });

  it('is durable before a sending begins', async () => {
    const { notes, again } = open();
    const notebook = await again();
    notes.fail(new Error('the disk is full'));
    await expect(notebook.begin('a')).rejects.toThrow('the disk is full');
    notes.fail(null);
    await notebook.begin('b');
    expect(notes.kept.get('sendings')).toContain('"b"');
  });

  it('keeps the time at which a sending was begun first', async () => {
    const { clock, again } = open();
    const notebook = await again();
    await notebook.begin('a');
    clock.advance(1000);
    await notebook.begin('a');
    expect(notebook.earlier('a')?.at).toBe(clock.now() - 1000);
    notebook.forget('a');
    expect(notebook.earlier('a')).toBeNull();
  });

  it('shares a write among those who ask at once', async () => {
    const { notes, again } = open();
    const notebook = await again();
    await Promise.all(Array.from({ length: 50 }, (_, at) => notebook.begin(`d${at}`)));
    expect(notes.writes).toBeLessThanOrEqual(2);
    const after = await again();
    expect(after.earlier('d49')).not.toBeNull();
  });

  it('does not grow for ever', async () => {
    const { notes, clock, again } = open();
    const notebook = await again();
    await notebook.begin('never-ended');
    for (let at = 0; at < 300; at++) {
      await notebook.begin(`d${at}`);
      await notebook.end(`d${at}`, result(`e${at}`));
    }
    const kept = () => JSON.parse(notes.kept.get('sendings') ?? '').begun.length;
    expect(kept()).toBe(101);
    expect((await again()).earlier('d299')?.result?.externalId).toBe('e299');
    clock.advance(5 * day);
    await notebook.begin('later');
    expect(kept()).toBe(1);
  });

  it('counts what was spent in a month, over restarts, and begins anew with the next', async () => {
    const { clock, again } = open('2026-11-30T23:59:00Z');
    const notebook = await again();
    await notebook.end('a', result('1', 0.1));
    await notebook.end('b', result('2', 0.2));
    await notebook.end('c', { ...result('3'), cost: { units: 1, amount: null, currency: null } });
    const november = { month: '2026-11', messages: 3, segments: 5, amount: 0.3, currency: 'SAR' };
    expect((await again()).spent()).toEqual(november);
    clock.advance(120_000);
    expect(notebook.spent()).toEqual({ month: '2026-12', messages: 0, segments: 0, amount: 0, currency: null });
    await notebook.end('d', result('4', 0.05));
    expect((await again()).spent()).toMatchObject({ month: '2026-12', messages: 1, amount: 0.05 });
  });

  it('is begun anew where it cannot be read', async () => {
    const { notes, again } = open();
    for (const kept of ['', '{', '[]', '{"begun":[{"id":1}]}']) {
      notes.kept.set('sendings', kept);
      expect((await again()).spent().messages).toBe(0);
    }
  });
});
