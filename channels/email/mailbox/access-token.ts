import { z } from 'zod';
import type { ChannelDeps } from '../../../src/channel/channel.ts';
import type { TokenSource } from '../settings.ts';

/** No access token could be had. The message is a sentence for people and holds no secret. */
export class TokenError extends Error {
  /** True where the token server refused, so that somebody has to look; false where it did not answer. */
  readonly refused: boolean;
  constructor(message: string, refused: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'TokenError';
    this.refused = refused;
  }
}

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(300),
  refresh_token: z.string().min(1).optional(),
});
const denied = z.object({ error: z.string().max(100), error_description: z.string().optional() });

const marginMs = 60_000;
const patienceMs = 20_000;

/** OAuth 2.0 (RFC 6749): section 6 with a refresh token, section 4.4 with the client's own credentials. */
function form(source: TokenSource, refreshToken: string | null): URLSearchParams {
  const fields: [string, string | null][] = [
    ['grant_type', refreshToken ? 'refresh_token' : 'client_credentials'],
    ['refresh_token', refreshToken],
    ['client_id', source.clientId],
    ['client_secret', source.clientSecret || null],
    ['scope', source.scope],
  ];
  return new URLSearchParams(fields.filter((field): field is [string, string] => field[1] !== null));
}

function refusal(status: number, body: unknown, user: string): TokenError {
  const { data } = denied.safeParse(body);
  const why = data ? `: ${data.error}${data.error_description ? `, ${data.error_description}` : ''}` : '';
  const shown = why.replaceAll(/\s+/g, ' ').slice(0, 300);
  return new TokenError(
    `The token server refuses to give an access token (${status}${user ? shown.replaceAll(user, '…') : shown}); check the OAUTH settings of this inbox.`,
    true,
  );
}

const answersLater = (status: number): boolean => status === 429 || status === 408 || status >= 500;

/**
 * Gives access tokens for one mailbox. A token is kept until a minute before its end; several askers share one request.
 * `fresh` throws away the one that is kept. Rejects with a `TokenError`.
 */
export function createAccessToken(
  source: TokenSource,
  user: string,
  deps: { clock: Pick<ChannelDeps['clock'], 'now'>; fetch?: typeof fetch },
): (fresh?: boolean) => Promise<string> {
  const ask = deps.fetch ?? fetch;
  let refreshToken = source.refreshToken;
  let kept: { token: string; until: number } | null = null;
  let asking: Promise<string> | null = null;

  async function request(): Promise<Response> {
    try {
      return await ask(source.url, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: form(source, refreshToken),
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch (cause) {
      throw new TokenError(
        `The token server ${new URL(source.url).host} does not answer; check the network.`,
        false,
        cause,
      );
    }
  }

  async function fetchToken(): Promise<string> {
    const response = await request();
    const body: unknown = await response.json().catch(() => null);
    if (answersLater(response.status))
      throw new TokenError(`The token server is out of order at the moment (${response.status}).`, false);
    const { data } = granted.safeParse(body);
    if (!response.ok || !data) throw refusal(response.status, body, user);
    refreshToken = data.refresh_token && refreshToken ? data.refresh_token : refreshToken;
    kept = { token: data.access_token, until: deps.clock.now() + data.expires_in * 1000 - marginMs };
    return data.access_token;
  }

  return (fresh = false) => {
    if (kept && !fresh && deps.clock.now() < kept.until) return Promise.resolve(kept.token);
    asking ??= fetchToken().finally(() => {
      asking = null;
    });
    return asking;
  };
}
