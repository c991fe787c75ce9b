import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Stretch, withNewest, withOlder } from '../../../src/web/console/api/messages.ts';
import { aMessage } from './a-message.ts';

const page = (from: number, to: number, nextCursor: string | null = `before-${from}`) => ({
  items: Array.from({ length: to - from + 1 }, (_, place) => aMessage({ seq: to - place })),
  nextCursor,
});
const stretch = (from: number, to: number): Stretch => withNewest(undefined, page(from, to));
const seqs = ({ messages }: Stretch): number[] => messages.map(({ seq }) => seq);

describe('the messages that are known of a conversation', () => {
  it('stand in their order, the oldest first', () => {
    expect(seqs(stretch(3, 6))).toEqual([3, 4, 5, 6]);
  });

  it('grow by the newest page without a double, and keep their way to older ones', () => {
    const grown = withNewest(stretch(1, 4), page(3, 6));
    expect(seqs(grown)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(grown.olderCursor).toBe('before-1');
  });

  it('are dropped where more was missed than a page holds, for there are no gaps', () => {
    const grown = withNewest(stretch(1, 4), page(6, 9));
    expect(seqs(grown)).toEqual([6, 7, 8, 9]);
    expect(grown.olderCursor).toBe('before-6');
  });

  it('take over what a newer reading says of the same message', () => {
    const changed = { items: [aMessage({ seq: 4, ticketNumber: '26000010' })], nextCursor: null };
    expect(withNewest(stretch(1, 4), changed).messages.at(-1)?.ticketNumber).toBe('26000010');
  });

  it('grow in front by older pages until the beginning', () => {
    const whole = withOlder(stretch(5, 8), page(1, 4, null));
    expect(seqs(whole)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(whole.olderCursor).toBeNull();
  });

  it('never have a gap or a double, whatever pages come', () => {
    const reading = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1, maxLength: 12 }), (readings) => {
        let newest = 0;
        let known: Stretch | undefined;
        for (const [further, length] of readings) {
          newest += further;
          known = withNewest(known, page(Math.max(1, newest - length), newest));
        }
        const found = seqs(known!);
        expect(found.at(-1)).toBe(newest);
        expect(found).toEqual(found.map((_, place) => found[0]! + place));
      }),
    );
  });
});
