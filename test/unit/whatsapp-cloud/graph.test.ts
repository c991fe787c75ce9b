import { describe, expect, it } from 'vitest';
import { refusalOf, withoutAnswer } from '../../../channels/whatsapp-cloud/graph.ts';

const answer = (error: object, init: ResponseInit = { status: 400 }) => Response.json({ error }, init);

describe('an answer that refuses', () => {
  it('has its code, our sentence, and the provider’s words without numbers for the log', async () => {
    const details = 'Message to 966501112222 failed to send because more than 24 hours have passed.';
    const refusal = await refusalOf(answer({ code: 131047, message: '(#131047)', error_data: { details } }));
    expect(refusal).toMatchObject({ code: 'window-closed', providerCode: '131047' });
    expect(refusal.message).not.toContain('966501112222');
    expect(refusal.details).toBe('Message to … failed to send because more than 24 hours have passed.');
  });

  it('waits as long as it asks for, at most an hour', async () => {
    const asking = (seconds: string) =>
      refusalOf(answer({ code: 130429 }, { status: 429, headers: { 'retry-after': seconds } }));
    expect((await asking('7')).retryAfterMs).toBe(7_000);
    expect((await asking('86400')).retryAfterMs).toBe(3_600_000);
    expect((await asking('Wed, 21 Oct 2026 07:28:00 GMT')).retryAfterMs).toBe(2_000);
  });

  it('is read by its status where it is no answer of the interface', async () => {
    expect(await refusalOf(new Response('<html>', { status: 502 }))).toMatchObject({ code: 'timed-out' });
    expect(await refusalOf(new Response(null, { status: 401 }))).toMatchObject({
      code: 'unreachable',
      alarm: 'bad-credentials',
      providerCode: 'HTTP 401',
    });
    expect(await refusalOf(answer({ code: 'many' }, { status: 503 }))).toMatchObject({ code: 'unreachable' });
  });
});

describe('no answer', () => {
  const failed = (cause: unknown) => new TypeError('fetch failed', { cause });
  const coded = (code: string) => Object.assign(new Error(code), { code });

  it('means that nothing was sent only where no connection was made', () => {
    expect(withoutAnswer(failed(coded('ECONNREFUSED')))).toMatchObject({ code: 'unreachable', scope: 'inbox' });
    expect(withoutAnswer(failed(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])))).toMatchObject({
      code: 'unreachable',
    });
    expect(withoutAnswer(failed(coded('UND_ERR_SOCKET')))).toMatchObject({ code: 'timed-out' });
    expect(withoutAnswer(new SyntaxError('half an answer'))).toMatchObject({ code: 'timed-out', retryAfterMs: 60_000 });
    expect(withoutAnswer('what')).toMatchObject({ code: 'timed-out' });
  });
});
