import type { ChannelDeps, Sink } from '../../src/channel/channel.ts';
import { BoundedMap } from './bounded.ts';
import type { Intake } from './intake.ts';
import type { PageMessage } from './parse.ts';
import type { People } from './people.ts';
import type { Sendings } from './sendings.ts';

/** What the parts of a running account share. */
export interface Account {
  inboxId: string;
  sink: Sink;
  clock: ChannelDeps['clock'];
  log: ChannelDeps['log'];
  count: ChannelDeps['count'];
  people: People;
  sendings: Sendings;
  intake: Intake;
  /** Under which text the page finds a message, by its external id. */
  names: BoundedMap<string>;
  /** What has been stored since the start, by `versionOf`: it need not be told again. */
  told: BoundedMap<true>;
  /** Seconds; what is older is not for Wasl. Known once the account can be used. */
  linkedAt: Promise<number>;
}

export const createNames = (): BoundedMap<string> => new BoundedMap(5_000);
export const createTold = (): BoundedMap<true> => new BoundedMap(20_000);

/** Tells a message from what it was before it was changed or deleted. */
export const versionOf = ({ key, type, latestEditSenderTimestampMs }: PageMessage): string =>
  `${key.id} ${type === 'revoked' ? 'revoked' : ''} ${latestEditSenderTimestampMs ?? ''}`;
