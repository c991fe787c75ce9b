import { z } from 'zod';
import type { ChannelState } from '../../src/channel/channel.ts';
import type { HostDeps } from '../../src/channel/kind.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { Graph } from './graph.ts';
import { createHealth } from './health.ts';
import { digitsOf } from './payload/person.ts';

const answer = z.object({ display_phone_number: z.string().optional(), quality_rating: z.string().optional() });

interface NumberFacts {
  /** E.164 with its plus; null where it is not told. */
  phone: string | null;
  /** `GREEN`, `YELLOW`, `RED` or what else the provider calls it. */
  quality: string | null;
}

async function askNumber(graph: Graph, phoneNumberId: string): Promise<NumberFacts> {
  const fields = 'display_phone_number,verified_name,quality_rating';
  const read = answer.safeParse(await graph.call(`${phoneNumberId}?fields=${fields}`));
  const digits = digitsOf(read.data?.display_phone_number);
  return { phone: digits ? `+${digits}` : null, quality: read.data?.quality_rating ?? null };
}

const lookAgainMs = 60_000;
/** Whether the provider is silent to everything is asked for soon after it was to a sending. */
const lookSoonMs = 10_000;

/** A number at the provider: how it is, looked at as long as it is not known to be well. */
export interface Account {
  state(): ChannelState;
  /** Looks at it now, and from then on whenever that is needed; never rejects. */
  watch(): Promise<void>;
  /** A message was sent (null) or refused. */
  sent(error: unknown): void;
  /** Something else was refused: it counts where the token was. */
  refused(error: unknown): void;
  /** A receipt says by this code that the account is in trouble. */
  troubled(code: number): void;
  stop(): void;
}

export interface AccountOptions {
  inboxId: string;
  phoneNumberId: string;
  graph: Graph;
  deps: Pick<HostDeps, 'log' | 'clock'>;
}

/** Only this code says it for sure: the host of files answers 401 and 403 for reasons of its own. */
const isTokenRefused = (error: unknown): boolean => error instanceof SendError && error.providerCode === '190';

export function createAccount({ inboxId, phoneNumberId, graph, deps: { log, clock } }: AccountOptions): Account {
  const health = createHealth();
  let phone: string | null = null;
  let isWatched = false;
  let cancel: (() => void) | null = null;

  const look = async (): Promise<void> => {
    try {
      const facts = await askNumber(graph, phoneNumberId);
      phone = facts.phone ?? phone;
      health.asked(null);
      log.info({ inboxId, quality: facts.quality }, 'the WhatsApp number has answered');
    } catch (error) {
      health.asked(error);
      const code = error instanceof SendError ? (error.providerCode ?? error.code) : 'unknown';
      log.warn({ inboxId, code }, 'the WhatsApp number did not answer');
    }
    plan();
  };

  const plan = (ms = lookAgainMs): void => {
    if (cancel || !isWatched || !health.isUnsure()) return;
    cancel = clock.after(ms, () => {
      cancel = null;
      void look();
    });
  };

  return {
    state: () => (isWatched ? { ...health.state(), phone } : { state: 'stopped', reason: null, phone }),
    watch() {
      isWatched = true;
      return look();
    },
    sent(error) {
      health.sent(error);
      if (error !== null) plan(lookSoonMs);
    },
    refused(error) {
      if (!isTokenRefused(error)) return;
      health.sent(error);
      plan();
    },
    troubled: health.troubled,
    stop() {
      isWatched = false;
      cancel?.();
      cancel = null;
    },
  };
}
