import type { Clock } from '../../../src/clock.ts';
import { createPosting, type Posted } from '../posting.ts';
import type { Utterance } from './person.ts';
import { signatureOf, toWire } from './wire.ts';

/** How what is said is packed into posts. */
export interface Delivery {
  /** One post each, or one post with as many entries, changes, or messages of one change. */
  as?: 'posts' | 'entries' | 'changes' | 'messages';
  /** How often each post is sent, all at once: the provider's twins. */
  times?: number;
  order?: 'given' | 'reversed';
  /** Waits before posting, by the clock. */
  delayMs?: number;
  signature?: 'good' | 'wrong' | 'garbled' | 'none';
  /** Another number of the same account. */
  phoneNumberId?: string;
  /** Called once for each post that is answered with 200, at once or after retries. */
  arrived?: () => void;
}

export interface WebhookOptions {
  clock: Clock;
  appSecret: string;
  businessAccountId: string;
  phoneNumberId: string;
  displayNumber: string;
  /** Waits between attempts where the answer is not 200; Meta goes on for 7 days. Empty: no retry. */
  retryDelaysMs: readonly number[];
  timeoutMs: number;
  /** False: answers are not remembered. */
  keep: boolean;
}

/** Posts what people say to a receiver, as Meta does. */
export interface Webhook {
  connect(url: string): void;
  url(): string | null;
  /** Packs, signs and posts; resolves with the answers to the first attempts. Retries go on in the background. */
  deliver(said: Utterance | readonly Utterance[], how?: Delivery): Promise<Posted[]>;
  /** Posts bytes as they are; with headers instead of the usual ones. */
  postRaw(raw: Buffer, headers?: Record<string, string>): Promise<Posted>;
  /** The raw bodies and signatures of what `deliver` would post. */
  pack(said: readonly Utterance[], how?: Delivery): { raw: Buffer; signature: string | null }[];
  /** `GET` with `hub.*`. */
  handshake(token: string, challenge?: string, mode?: string): Promise<Posted>;
  /** Posts that wait for an attempt, and those under way. */
  pending(): number;
  /** Every answer, in order. */
  answers: Posted[];
  stop(): void;
}

interface Value {
  messaging_product: 'whatsapp';
  metadata: { display_phone_number: string; phone_number_id: string };
  contacts?: unknown[];
  messages?: unknown[];
  statuses?: unknown[];
  errors?: unknown[];
}

const keyOfContact = (contact: Record<string, unknown>): unknown => contact.user_id ?? contact.wa_id;

const changedValue = (options: WebhookOptions, said: readonly Utterance[], phoneNumberId: string): Value => {
  const value: Value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: options.displayNumber, phone_number_id: phoneNumberId },
  };
  const contacts = new Map<unknown, unknown>();
  for (const one of said) if (one.contact) contacts.set(keyOfContact(one.contact), one.contact);
  const messages = said.flatMap(({ message }) => (message ? [message] : []));
  const statuses = said.flatMap(({ status }) => (status ? [status] : []));
  const errors = said.flatMap((one) => one.errors ?? []);
  if (contacts.size > 0) value.contacts = [...contacts.values()];
  if (messages.length > 0) value.messages = messages;
  if (statuses.length > 0) value.statuses = statuses;
  if (errors.length > 0) value.errors = errors;
  return value;
};

const payloadsOf = (options: WebhookOptions, said: readonly Utterance[], how: Delivery): unknown[] => {
  const number = how.phoneNumberId ?? options.phoneNumberId;
  const change = (some: readonly Utterance[]): unknown =>
    some[0]?.change ?? { value: changedValue(options, some, number), field: 'messages' };
  const entry = (changes: unknown[]) => ({ id: options.businessAccountId, changes });
  const post = (entries: unknown[]) => ({ object: 'whatsapp_business_account', entry: entries });
  if (how.as === 'messages') return [post([entry([change(said)])])];
  if (how.as === 'changes') return [post([entry(said.map((one) => change([one])))])];
  if (how.as === 'entries') return [post(said.map((one) => entry([change([one])])))];
  return said.map((one) => post([entry([change([one])])]));
};

const signatureFor = (options: WebhookOptions, raw: Buffer, kind: Delivery['signature']): string | null => {
  if (kind === 'none') return null;
  if (kind === 'garbled') return 'sha256=not-hexadecimal';
  return signatureOf(kind === 'wrong' ? `${options.appSecret}-of-another` : options.appSecret, raw);
};

const headersOf = (raw: Buffer, signature: string | null): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(raw.length),
  'user-agent': 'facebookexternalua',
  accept: '*/*',
  ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
});

export function createWebhook(options: WebhookOptions): Webhook {
  const posting = createPosting(options);
  let url: string | null = null;

  const postRaw = async (raw: Buffer, headers?: Record<string, string>): Promise<Posted> => {
    if (url === null) return { status: 0, body: '', ms: 0 };
    return posting.post(url, raw, headers ?? headersOf(raw, signatureOf(options.appSecret, raw)));
  };

  const pack = (said: readonly Utterance[], how: Delivery = {}): { raw: Buffer; signature: string | null }[] => {
    const posts = payloadsOf(options, said, how).map((payload) => {
      const raw = toWire(payload);
      return { raw, signature: signatureFor(options, raw, how.signature) };
    });
    const ordered = how.order === 'reversed' ? posts.reverse() : posts;
    return ordered.flatMap((one) => Array.from({ length: how.times ?? 1 }, () => one));
  };

  const attempt = async (raw: Buffer, signature: string | null, arrived: () => void): Promise<Posted> => {
    const headers = headersOf(raw, signature);
    const answer = await postRaw(raw, headers);
    if (answer.status === 200) arrived();
    // a refused forgery is not the provider's: it does not try again
    else if (signature === signatureOf(options.appSecret, raw))
      void posting.retry(() => postRaw(raw, headers), arrived);
    return answer;
  };

  return {
    connect(to) {
      url = to;
    },
    url: () => url,
    async deliver(said, how = {}) {
      if (how.delayMs) await posting.wait(how.delayMs);
      const posts = pack([said].flat() as Utterance[], how);
      return Promise.all(posts.map(({ raw, signature }) => attempt(raw, signature, how.arrived ?? (() => {}))));
    },
    postRaw,
    pack,
    async handshake(token, challenge = '1158201444', mode = 'subscribe') {
      const from = performance.now();
      const query = new URLSearchParams({ 'hub.mode': mode, 'hub.challenge': challenge, 'hub.verify_token': token });
      const answer = await fetch(`${url}?${query}`);
      return { status: answer.status, body: await answer.text(), ms: performance.now() - from };
    },
    pending: posting.pending,
    answers: posting.answers,
    stop: posting.stop,
  };
}
