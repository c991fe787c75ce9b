import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../src/web/console/api/client.ts';
import type { Message } from '../../../src/web/console/api/shapes.ts';
import { createOutbox, type Outgoing } from '../../../src/web/console/conversation/outbox.ts';
import { aShelf } from './a-shelf.ts';

/** A server whose answers the test gives by hand. */
function aServer() {
  const calls: { one: Outgoing; accept: () => void; refuse: (error: unknown) => void }[] = [];
  const deliver = (one: Outgoing): Promise<Message> =>
    new Promise((resolve, reject) => {
      calls.push({ one, accept: () => resolve({ id: `stored-${one.key}` } as Message), refuse: reject });
    });
  return { calls, deliver };
}

function anOutbox(shelf = aShelf()) {
  const server = aServer();
  const delivered: string[] = [];
  let keys = 0;
  const outbox = createOutbox({
    shelf,
    agentId: 'huda',
    newKey: () => `key-${++keys}`,
    now: () => Date.parse('2026-11-25T08:00:00.000Z'),
    deliver: server.deliver,
    delivered: (_one, message) => delivered.push(message.id),
    codeOf: (error) => (error instanceof ApiError ? error.code : 'failed'),
  });
  return { outbox, delivered, shelf, ...server };
}

const called = (calls: unknown[], count: number) => vi.waitFor(() => expect(calls).toHaveLength(count));
const statesOf = (all: readonly Outgoing[]) => all.map(({ text, state, reason }) => [text, state, reason]);

describe('the outbox of an agent', () => {
  it('shows an answer at once and takes it away when it is stored', async () => {
    const { outbox, calls, delivered } = anOutbox();
    outbox.send('c1', 'نعم');
    expect(statesOf(outbox.of('c1'))).toEqual([['نعم', 'sending', null]]);
    await called(calls, 1);
    calls[0]?.accept();
    await vi.waitFor(() => expect(outbox.of('c1')).toEqual([]));
    expect(delivered).toEqual(['stored-key-1']);
  });

  it('sends the answers of one conversation one after the other', async () => {
    const { outbox, calls } = anOutbox();
    outbox.send('c1', 'first');
    outbox.send('c1', 'second');
    outbox.send('c2', 'elsewhere');
    await called(calls, 2);
    expect(calls.map(({ one }) => one.text).toSorted()).toEqual(['elsewhere', 'first']);
    calls.find(({ one }) => one.text === 'first')?.accept();
    await called(calls, 3);
    expect(calls[2]?.one.text).toBe('second');
  });

  it('keeps what failed with its reason and sends it again under the same key', async () => {
    const { outbox, calls, delivered } = anOutbox();
    outbox.send('c1', 'text');
    await called(calls, 1);
    calls[0]?.refuse(new ApiError('offline', 'no answer'));
    await vi.waitFor(() => expect(statesOf(outbox.of('c1'))).toEqual([['text', 'failed', 'offline']]));
    outbox.retry('key-1');
    expect(statesOf(outbox.of('c1'))).toEqual([['text', 'sending', null]]);
    await called(calls, 2);
    expect(calls[1]?.one.key).toBe('key-1');
    calls[1]?.accept();
    await vi.waitFor(() => expect(delivered).toEqual(['stored-key-1']));
  });

  it('gives a failed text back, once', async () => {
    const { outbox, calls } = anOutbox();
    outbox.send('c1', 'too early');
    expect(outbox.takeBack('key-1')).toBeNull();
    await called(calls, 1);
    calls[0]?.refuse(new Error('broken'));
    await vi.waitFor(() => expect(outbox.of('c1')[0]?.state).toBe('failed'));
    expect(outbox.takeBack('key-1')).toMatchObject({ text: 'too early', files: [] });
    expect(outbox.of('c1')).toEqual([]);
    expect(outbox.takeBack('key-1')).toBeNull();
  });

  it('still has what was on its way when the page was reloaded', async () => {
    const before = anOutbox();
    before.outbox.send('c1', 'half sent');
    const after = anOutbox(before.shelf);
    expect(statesOf(after.outbox.of('c1'))).toEqual([['half sent', 'failed', 'reloaded']]);
    after.outbox.retry('key-1');
    await called(after.calls, 1);
    expect(after.calls[0]?.one).toMatchObject({ key: 'key-1', text: 'half sent' });
  });

  it('keeps the files of an answer over a failure and a reload, and gives them back', async () => {
    const before = anOutbox();
    const file = { id: 'f1', name: 'خطاب.pdf', type: 'application/pdf', bytes: 5, expiresAt: null };
    before.outbox.send('c1', '', [file]);
    await called(before.calls, 1);
    expect(before.calls[0]?.one).toMatchObject({ text: '', files: [file] });
    const after = anOutbox(before.shelf);
    expect(after.outbox.takeBack('key-1')).toMatchObject({ text: '', files: [file] });
  });

  it('still reads what was laid down before answers could carry files', () => {
    const shelf = aShelf();
    const old = { key: 'k', conversationId: 'c1', text: 'old', at: '', state: 'failed', reason: 'offline' };
    shelf.kept.set('wasl-outbox:huda', JSON.stringify([old]));
    expect(anOutbox(shelf).outbox.of('c1')).toMatchObject([{ text: 'old', files: [] }]);
  });

  it('begins empty on a shelf that holds nonsense', () => {
    const shelf = aShelf();
    shelf.kept.set('wasl-outbox:huda', '{"not": "a list"');
    expect(anOutbox(shelf).outbox.of('c1')).toEqual([]);
  });

  it('gives the same list while nothing changes, as what is drawn from it needs', () => {
    const { outbox } = anOutbox();
    outbox.send('c1', 'text');
    expect(outbox.of('c1')).toBe(outbox.of('c1'));
    expect(outbox.of('c2')).toBe(outbox.of('c2'));
  });
});
