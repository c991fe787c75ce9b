import type { QueryKey } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatherKeys, keysOf } from '../../../src/web/console/live/hint-keys.ts';

describe('what a hint makes stale', () => {
  it('is the list and the words of a conversation for a message', () => {
    expect(keysOf({ collection: 'messages', id: 'm1', kind: 'insert', conversationId: 'c1' })).toEqual([
      ['conversations'],
      ['ticket-messages'],
      ['messages', 'c1'],
      ['decisions', 'c1'],
      ['conversation', 'c1'],
    ]);
  });

  it('is only the words for a delivery', () => {
    expect(keysOf({ collection: 'deliveries', id: 'd1', kind: 'update', conversationId: 'c1' })).toEqual([
      ['messages', 'c1'],
      ['ticket-messages'],
    ]);
  });

  it('is the ticket and its list for a ticket', () => {
    expect(keysOf({ collection: 'tickets', id: '26000010', kind: 'update' })).toEqual([
      ['tickets'],
      ['ticket', '26000010'],
    ]);
  });

  it('is the article and the lists that show it for an article', () => {
    expect(keysOf({ collection: 'articles', id: 'nursery', kind: 'update' })).toEqual([
      ['articles'],
      ['article', 'nursery'],
    ]);
  });

  it('is nothing for what the console does not show', () => {
    expect(keysOf({ collection: 'sessions', id: 's1', kind: 'insert' })).toEqual([]);
  });
});

describe('gathering what is stale', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const aGatherer = () => {
    const passed: QueryKey[] = [];
    return { passed, ...gatherKeys((key) => passed.push(key)) };
  };

  it('passes the first on at once', () => {
    const { passed, take } = aGatherer();
    take([['conversations']]);
    expect(passed).toEqual([['conversations']]);
  });

  it('passes a busy time on together, each key once', () => {
    const { passed, take } = aGatherer();
    for (let count = 0; count < 50; count++) take([['conversations'], ['messages', 'c1']]);
    expect(passed).toEqual([['conversations'], ['messages', 'c1']]);
    vi.advanceTimersByTime(400);
    expect(passed.slice(2)).toEqual([['conversations'], ['messages', 'c1']]);
    vi.advanceTimersByTime(10_000);
    expect(passed).toHaveLength(4);
  });

  it('is quick again after a quiet time', () => {
    const { passed, take } = aGatherer();
    take([['conversations']]);
    vi.advanceTimersByTime(1_000);
    take([['tickets']]);
    expect(passed).toEqual([['conversations'], ['tickets']]);
  });

  it('passes nothing on once it is stopped', () => {
    const { passed, take, stop } = aGatherer();
    take([['conversations']]);
    take([['tickets']]);
    stop();
    vi.advanceTimersByTime(1_000);
    expect(passed).toEqual([['conversations']]);
  });
});
