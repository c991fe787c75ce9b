import { randomBytes } from 'node:crypto';
import { json, type Request, type Response, Router, urlencoded } from 'express';
import { tokenBody } from './schema.ts';

/** Tokens of OAuth 2.0: those that are good, and the one that can be changed for the next pair. */
export interface Tokens {
  /** Access tokens that are good for the account. */
  good: Set<string>;
  /** The refresh token that is good: each one only once. */
  refreshToken(): string;
  router: Router;
}

const twoHours = 7200;

/**
 * `POST /2/oauth2/token`, page "OAuth 2.0 authorization code flow with PKCE" of X: a form. The client sends JSON where its
 * address was rewritten, so that both are taken.
 */
export function createTokens(): Tokens {
  const good = new Set<string>();
  let current = randomBytes(24).toString('base64url');
  const answer = (request: Request, response: Response): void => {
    const parsed = tokenBody.safeParse(request.body);
    if (!parsed.success || parsed.data.refresh_token !== current) {
      const sentence = parsed.success ? 'Value passed for the token was invalid.' : parsed.error.issues[0]?.message;
      response.status(400).json({ error: 'invalid_request', error_description: sentence });
      return;
    }
    current = randomBytes(24).toString('base64url');
    const access = randomBytes(24).toString('base64url');
    good.clear();
    good.add(access);
    const scope = 'tweet.read tweet.write users.read dm.read dm.write media.write offline.access';
    response.json({ token_type: 'bearer', expires_in: twoHours, access_token: access, scope, refresh_token: current });
  };
  const router = Router();
  router.post('/2/oauth2/token', json(), urlencoded({ extended: false }), answer);
  return { good, refreshToken: () => current, router };
}
