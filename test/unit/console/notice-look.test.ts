import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../src/web/console/api/shapes.ts';
import { noticeLook } from '../../../src/web/console/tickets/notice-look.ts';

type Status = Notice['tried'][number]['status'];

const notice = (state: Notice['state'], ...statuses: Status[]) => ({
  state,
  tried: statuses.map((status) => ({
    inboxId: 'sms',
    channel: 'sms',
    by: 'phone' as const,
    messageId: 'm',
    at: '2026-11-22T07:00:00.000Z',
    failure: null,
    status,
  })),
});

describe('a notice', () => {
  it('is told only once its last message has left', () => {
    const looks = (['queued', 'sending', 'accepted', 'sent', 'delivered', 'read'] as const).map((status) =>
      noticeLook(notice('told', status)),
    );
    expect(looks).toEqual(['queued', 'queued', 'told', 'told', 'told', 'told']);
    expect(noticeLook(notice('told', 'failed', 'queued'))).toBe('queued');
    expect(noticeLook(notice('told', 'failed', 'sent'))).toBe('told');
  });

  it('is shown by its own state where it is not told', () => {
    expect(noticeLook(notice('waiting'))).toBe('waiting');
    expect(noticeLook(notice('failed', 'failed'))).toBe('failed');
    expect(noticeLook(notice('dropped'))).toBe('dropped');
  });
});
