import { describe, expect, it } from 'vitest';
import { createAccessToken, TokenError } from '../../../../channels/email/mailbox/access-token.ts';
import type { TokenSource } from '../../../../channels/email/settings.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const source: TokenSource = {
  url: 'https://login.test.example/token',
  clientId: 'client',
  clientSecret: 'hush',
  refreshToken: 'refresh-1',
  scope: 'mail',
};

type Answer = { status?: number; body: unknown };

/** A token server that gives these answers, one after another, the last again and again. */
function aTokenServer(...answers: Answer[]) {
  const asked: Record<string, string>[] = [];
  const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
    asked.push(Object.fromEntries(init?.body as URLSearchParams));
    const { status = 200, body } = answers[Math.min(asked.length, answers.length) - 1] ?? { body: null };
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

const clock = () => createFakeClock('2026-11-21T12:00:00.000Z');
const grant = (token: string, more: object = {}): Answer => ({
  body: { access_token: token, expires_in: 3600, ...more },
});

describe('access tokens', () => {
  it('are asked for with the refresh token', async () => {
    const server = aTokenServer(grant('one'));
    expect(await createAccessToken(source, 'care', { clock: clock(), ...server })()).toBe('one');
    expect(server.asked).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'refresh-1',
        client_id: 'client',
        client_secret: 'hush',
        scope: 'mail',
      },
    ]);
  });

  it('are asked for with the credentials of the client where there is no refresh token', async () => {
    const server = aTokenServer(grant('one'));
    const own = { ...source, refreshToken: null, scope: null };
    await createAccessToken(own, 'care', { clock: clock(), ...server })();
    expect(server.asked).toEqual([{ grant_type: 'client_credentials', client_id: 'client', client_secret: 'hush' }]);
  });

  it('are kept until a minute before their end', async () => {
    const server = aTokenServer(grant('one'), grant('two'));
    const time = clock();
    const token = createAccessToken(source, 'care', { clock: time, ...server });
    expect(await token()).toBe('one');
    time.advance(3_539_000);
    expect(await token()).toBe('one');
    time.advance(1000);
    expect(await token()).toBe('two');
    expect(server.asked).toHaveLength(2);
  });

  it('are made anew where the one that is kept was refused', async () => {
    const token = createAccessToken(source, 'care', { clock: clock(), ...aTokenServer(grant('one'), grant('two')) });
    await token();
    expect(await token(true)).toBe('two');
    expect(await token()).toBe('two');
  });

  it('are asked for once when several need one', async () => {
    const server = aTokenServer(grant('one'));
    const token = createAccessToken(source, 'care', { clock: clock(), ...server });
    expect(await Promise.all([token(), token(), token()])).toEqual(['one', 'one', 'one']);
    expect(server.asked).toHaveLength(1);
  });

  it('come with a new refresh token, which is used from then on', async () => {
    const server = aTokenServer(grant('one', { refresh_token: 'refresh-2' }), grant('two'));
    const token = createAccessToken(source, 'care', { clock: clock(), ...server });
    await token();
    await token(true);
    expect(server.asked[1]).toMatchObject({ refresh_token: 'refresh-2' });
  });
});

const faultOf = async (...answers: Answer[]): Promise<TokenError> => {
  const token = createAccessToken(source, 'care@test.example', { clock: clock(), ...aTokenServer(...answers) });
  const error = await token().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TokenError);
  return error as TokenError;
};

describe('a token that is not given', () => {
  it('is a refusal where somebody has to look, told without the user and the secret', async () => {
    const body = { error: 'invalid_grant', error_description: 'The grant of care@test.example\n has expired' };
    const error = await faultOf({ status: 400, body });
    expect(error.refused).toBe(true);
    expect(error.message).toBe(
      'The token server refuses to give an access token (400: invalid_grant, The grant of … has expired); check the OAUTH settings of this inbox.',
    );
    expect(error.message).not.toMatch(/hush|care@/);
  });

  it.each([500, 503, 429])('is a passing trouble when the server says %d', async (status) => {
    expect((await faultOf({ status, body: null })).refused).toBe(false);
  });

  it('is a refusal when the answer holds no token', async () => {
    expect((await faultOf({ body: { hello: 'world' } })).refused).toBe(true);
  });

  it('is a passing trouble when nobody answers, and the next try asks again', async () => {
    let answers = false;
    const good = aTokenServer(grant('one'));
    const fetch = ((url: string, init: RequestInit) =>
      answers ? good.fetch(url, init) : Promise.reject(new TypeError('fetch failed'))) as typeof globalThis.fetch;
    const token = createAccessToken(source, 'care', { clock: clock(), fetch });
    const error = await token().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      refused: false,
      message: expect.stringContaining('login.test.example does not answer'),
    });
    answers = true;
    expect(await token()).toBe('one');
  });
});
