import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../channels/x/limits.ts';
import { Refusal, refusalOf } from '../../../channels/x/refusal.ts';

const answered = (code: number, data: object = {}) => ({ type: 'response', code, data });
const forbidden = (detail: string, more: object = {}) =>
  answered(403, { title: 'Forbidden', detail, type: 'about:blank', status: 403, ...more });
const numbered = (status: number, code: number) => answered(status, { errors: [{ code, message: 'no' }] });

const meant = (error: unknown, endpoint: Endpoint = 'createPost') => refusalOf(error, endpoint, () => 60_000);

describe('what X refuses', () => {
  it.each([
    [
      'the author did not ask for it',
      forbidden(
        'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
      ),
      'rejected',
      'not-summoned',
    ],
    ['the author restricted replies', numbered(403, 433), 'rejected', 'not-summoned'],
    [
      'the same words again',
      forbidden('You are not allowed to create a Tweet with duplicate content.'),
      'rejected',
      'duplicate',
    ],
    ['the same words again, in the older way', numbered(403, 187), 'rejected', 'duplicate'],
    [
      'a post that is gone',
      forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.'),
      'rejected',
      'gone',
    ],
    [
      'closed messages',
      forbidden('You do not have permission to DM one or more participants.'),
      'rejected',
      'dm-closed',
    ],
    ['closed messages, in the older way', numbered(403, 349), 'rejected', 'dm-closed'],
    [
      'too long',
      forbidden('Your Tweet text is too long. For more information see the page.'),
      'message-invalid',
      'too-long',
    ],
    ['wrong tokens', answered(401, { title: 'Unauthorized' }), 'config-invalid', 'HTTP 401'],
    ['a token that ran out', numbered(403, 89), 'config-invalid', 'HTTP 403'],
    ['no credits', answered(402, { title: 'CreditsDepleted' }), 'config-invalid', 'HTTP 402'],
    [
      'the cap of the month',
      answered(429, { title: 'UsageCapExceeded', type: 'https://api.twitter.com/2/problems/usage-capped' }),
      'config-invalid',
      'HTTP 429',
    ],
    ['the cap, as 403', answered(403, { title: 'UsageCapExceeded' }), 'config-invalid', 'HTTP 403'],
    [
      'an app without the right',
      answered(403, { title: 'Forbidden', type: 'https://api.twitter.com/2/problems/oauth1-permissions' }),
      'config-invalid',
      'HTTP 403',
    ],
    ['a locked account', numbered(403, 326), 'config-invalid', 'HTTP 403'],
    [
      'a plan without it',
      answered(403, { title: 'Client Forbidden', type: 'https://api.twitter.com/2/problems/client-forbidden' }),
      'rejected',
      'not-allowed',
    ],
    ['another reason', forbidden('Something new.'), 'rejected', 'HTTP 403'],
    [
      'a wrong request',
      answered(400, { title: 'Invalid Request', errors: [{ message: 'text is wrong' }] }),
      'message-invalid',
      'HTTP 400',
    ],
    ['nothing there', answered(404, { title: 'Not Found' }), 'rejected', 'HTTP 404'],
    ['no JSON at all', answered(404, '<html>' as unknown as object), 'rejected', 'HTTP 404'],
  ])('because of %s', (_, error, code, providerCode) => {
    expect(meant(error)).toMatchObject({ code, providerCode, retryable: false });
  });

  it('says of the account what is wrong with it', () => {
    const alarms = [answered(401), answered(402), numbered(403, 89), forbidden('no')].map((error) => {
      const refusal = meant(error);
      return refusal instanceof Refusal ? [refusal.alarm, refusal.isOpen] : null;
    });
    expect(alarms).toEqual([
      ['bad-credentials', false],
      ['capped', false],
      ['bad-credentials', false],
      [undefined, false],
    ]);
  });

  it('for going too fast is tried again after the window', () => {
    const error = answered(429, { title: 'Too Many Requests' });
    const told = { limit: 15, remaining: 0, reset: 1 };
    let given: unknown;
    const refusal = refusalOf({ ...error, rateLimit: told }, 'sendDm', (rate) => {
      given = rate;
      return 5_000;
    });
    expect(refusal).toMatchObject({ code: 'throttled', retryAfterMs: 5_000, scope: 'inbox' });
    expect(given).toEqual(told);
  });

  it('shows nobody long numbers of its answers', () => {
    expect(meant(forbidden('User 1234567890 is away.')).message).not.toContain('12345');
  });
});

describe('what may have been done', () => {
  const open = (error: unknown) => {
    const refusal = meant(error);
    return [refusal.code, refusal.retryable, refusal instanceof Refusal && refusal.isOpen];
  };
  const lost = (code: string) => ({ type: 'request', requestError: Object.assign(new Error('lost'), { code }) });

  it('is everything without a clear answer', () => {
    expect(open(answered(500))).toEqual(['unexpected-response', true, true]);
    expect(open(answered(502))).toEqual(['unexpected-response', true, true]);
    expect(open(answered(503))).toEqual(['unreachable', true, true]);
    expect(open(lost('ECONNRESET'))).toEqual(['timed-out', true, true]);
    expect(open({ type: 'partial-response', response: { complete: false } })).toEqual(['timed-out', true, true]);
    expect(open({ type: 'partial-response', response: { complete: true } })).toEqual([
      'unexpected-response',
      true,
      true,
    ]);
    expect(open(new Error('anything'))).toEqual(['timed-out', true, true]);
  });

  it('is nothing where no connection was made', () => {
    expect(open(lost('ECONNREFUSED'))).toEqual(['unreachable', true, false]);
    expect(open({ type: 'request', _options: { error: { code: 'ENOTFOUND' } } })).toEqual(['unreachable', true, false]);
    const several = {
      type: 'request',
      requestError: new AggregateError([{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }]),
    };
    expect(open(several)).toEqual(['unreachable', true, false]);
  });
});
