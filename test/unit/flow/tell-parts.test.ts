import { describe, expect, it } from 'vitest';
import { newsForOthers } from '../../../src/flow/casework/tell-parts.ts';

const text = 'أُصلح الخط';

describe('news of a ticket, to the people of those that are part of it', () => {
  it('is the answer in its words, without the question that only its own person is asked', () => {
    expect(newsForOthers({ kind: 'answered', values: { text } }, false)).toEqual({
      kind: 'answered',
      values: { text },
    });
    const resolved = { kind: 'resolved' as const, values: { text, choices: ['solved:yes', 'solved:no'] } };
    expect(newsForOthers(resolved, false)).toEqual({ kind: 'answered', values: { text } });
  });

  it('is that it is over where there are no words', () => {
    const closed = { kind: 'closed', values: {} };
    expect(newsForOthers({ kind: 'resolved', values: { choices: ['solved:yes'] } }, false)).toEqual(closed);
    expect(newsForOthers({ kind: 'closed', values: {} }, false)).toEqual(closed);
    expect(newsForOthers({ kind: 'closedWithoutData', values: {} }, false)).toEqual(closed);
  });

  it('has no words of a restricted matter', () => {
    expect(newsForOthers({ kind: 'answered', values: { text } }, true)).toBeNull();
    expect(newsForOthers({ kind: 'resolved', values: { text } }, true)).toEqual({ kind: 'closed', values: {} });
    const reasons = { reason: 'مكرر', guidance: 'الجهة' };
    expect(newsForOthers({ kind: 'rejected', values: reasons }, true)).toEqual({ kind: 'rejected', values: {} });
    expect(newsForOthers({ kind: 'rejected', values: reasons }, false)).toEqual({ kind: 'rejected', values: reasons });
  });

  it.each(['asked', 'askedAgain', 'merged', 'survey', 'escalated', 'referred', 'inProgress'] as const)(
    'is not what concerns its own person alone: %s',
    (kind) => expect(newsForOthers({ kind, values: { text } }, false)).toBeNull(),
  );
});
