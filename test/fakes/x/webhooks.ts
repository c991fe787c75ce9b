import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Clock, iso } from '../../../src/clock.ts';
import { createPosting, type Posted } from '../posting.ts';
import type { Ids } from './ids.ts';

/** An address that X posts to. */
export interface Hook {
  id: string;
  url: string;
  createdAt: string;
  valid: boolean;
}

export interface WebhookOptions {
  clock: Clock;
  ids: Ids;
  /** The consumer secret: it signs posts and is proved in the challenge. */
  appSecret: string;
  /** Where an application has a secret of OAuth 2.0, a second signature stands beside the first. */
  clientSecret: string | null;
  /** Waits before a post that was not answered with 200 is sent again. X does not say how often it does. */
  retryDelaysMs: readonly number[];
  /** 10 seconds at X. */
  timeoutMs: number;
  /** False: answers and bodies are not remembered, and nothing can be replayed. */
  keep: boolean;
}

export type SignatureKind = 'good' | 'wrong' | 'garbled' | 'none';

/** The addresses that X posts to, and what was posted there. */
export interface Webhooks {
  all(): Hook[];
  get(id: string): Hook | undefined;
  /** Not asked yet whether it knows the secret. */
  add(url: string): Hook;
  remove(id: string): boolean;
  /** Asks it to prove that it knows the secret; whoever cannot is invalid until a later challenge is met. */
  challenge(hook: Hook): Promise<boolean>;
  /** Signs and posts; an invalid address gets nothing. Resolves with the answer to the first attempt. */
  send(hook: Hook, raw: Buffer, signature?: SignatureKind, arrived?: () => void): Promise<Posted>;
  /** Posts again whatever was to go to an address between two times; gives how many. */
  replay(hook: Hook, from: number, to: number): number;
  /** Posts that wait for an attempt, and those under way. */
  pending(): number;
  answers: Posted[];
  stop(): void;
}

/** The signature of a body or of a challenge: page "Webhooks" of X. */
export const signatureOf = (secret: string, content: Buffer | string): string =>
  `sha256=${createHmac('sha256', secret).update(content).digest('base64')}`;

const challengeAnswer = z.object({ response_token: z.string() });

const headersFor = (options: WebhookOptions, raw: Buffer, kind: SignatureKind): Record<string, string> => {
  const common = {
    'content-type': 'application/json',
    'content-length': String(raw.length),
    'user-agent': 'Twitterbot/1.0',
  };
  if (kind === 'none') return common;
  const sign = (secret: string): string =>
    kind === 'garbled' ? 'sha256=not-base64' : signatureOf(kind === 'wrong' ? `${secret}-of-another` : secret, raw);
  return {
    ...common,
    'x-twitter-webhooks-signature': sign(options.appSecret),
    ...(options.clientSecret === null ? {} : { 'x-twitter-webhooks-signature-oauth2': sign(options.clientSecret) }),
  };
};

const provesSecret = (options: WebhookOptions, token: string, { status, body }: Posted): boolean => {
  if (status < 200 || status >= 300) return false;
  const parsed = challengeAnswer.safeParse(parseJson(body));
  const secrets = [options.appSecret, ...(options.clientSecret === null ? [] : [options.clientSecret])];
  return parsed.success && secrets.some((secret) => parsed.data.response_token === signatureOf(secret, token));
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const mostLogged = 5000;

export function createWebhooks(options: WebhookOptions): Webhooks {
  const hooks = new Map<string, Hook>();
  const log: { hook: string; at: number; raw: Buffer }[] = [];
  const posting = createPosting(options);

  const attempt = async (hook: Hook, raw: Buffer, kind: SignatureKind, arrived: () => void): Promise<Posted> => {
    if (!hook.valid) return { status: 0, body: '', ms: 0 };
    const headers = headersFor(options, raw, kind);
    const post = () => posting.post(hook.url, raw, headers);
    const answer = await post();
    if (answer.status === 200) arrived();
    // a refused forgery is not of X: nobody tries again
    else if (kind === 'good') void posting.retry(() => (hook.valid ? post() : null), arrived);
    return answer;
  };

  return {
    all: () => [...hooks.values()],
    get: (id) => hooks.get(id),
    add(url) {
      const hook = { id: options.ids.next(), url, createdAt: iso(options.clock.now()), valid: false };
      hooks.set(hook.id, hook);
      return hook;
    },
    remove: (id) => hooks.delete(id),
    async challenge(hook) {
      const token = randomBytes(24).toString('base64url');
      const url = new URL(hook.url);
      url.searchParams.set('crc_token', token);
      url.searchParams.set('nonce', randomBytes(12).toString('base64url'));
      hook.valid = provesSecret(options, token, await posting.get(url.href));
      return hook.valid;
    },
    send(hook, raw, kind = 'good', arrived = () => {}) {
      if (options.keep && kind === 'good') log.push({ hook: hook.id, at: options.clock.now(), raw });
      if (log.length > mostLogged) log.shift();
      return attempt(hook, raw, kind, arrived);
    },
    replay(hook, from, to) {
      const again = log.filter((one) => one.hook === hook.id && one.at >= from && one.at < to);
      for (const { raw } of again) void attempt(hook, raw, 'good', () => {});
      return again.length;
    },
    pending: posting.pending,
    answers: posting.answers,
    stop: posting.stop,
  };
}
