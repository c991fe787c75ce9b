import type { Channel, Log } from '../channel/channel.ts';
import type { DeliveryStatus } from '../channel/inbound.ts';
import type { Clock } from '../clock.ts';
import type { Members } from '../cluster/members.ts';
import type { Ids } from '../ids.ts';
import type { KnowledgeHelp } from '../knowledge/help.ts';
import type { Content } from '../live/content.ts';
import type { Store } from '../store/port.ts';

/** What the flow counts; given by `src/metrics.ts`. */
export interface FlowMetrics {
  received(channel: string): void;
  sent(channel: string, status: DeliveryStatus): void;
  decided(ms: number): void;
  /** What became of a post of a provider: kept, there before, read, kept to be looked at, or tried again later. */
  arrival(channel: string, outcome: 'kept' | 'again' | 'taken' | 'odd' | 'put-off'): void;
  /** Somebody was told of their ticket over this kind of channel, or could not be. */
  notice(channel: string, state: 'told' | 'failed'): void;
  /** What became of a file that was to be fetched. */
  file(channel: string, state: 'here' | 'missing' | 'waiting'): void;
}

/** What every part of the flow is handed. */
export interface FlowDeps {
  store: Store;
  channels: ReadonlyMap<string, Channel>;
  content: Content;
  clock: Clock;
  ids: Ids;
  log: Log;
  metrics: FlowMetrics;
  /** This process among those that share the store. */
  members: Members;
  /** Whether this process serves an inbox: sends there, reads its posts, fetches its files. Of one that runs alone only its owner does. */
  serves(inboxId: string): boolean;
  /** A secret of this installation for one purpose. */
  secret(purpose: string): Uint8Array;
  /** Where people reach Wasl, without a slash at the end. */
  publicUrl: string;
  /** The department to which an inbox belongs (CH-06), if it belongs to one. */
  inboxDepartment?(inboxId: string): string | null;
  /** Help for the knowledge bank, where the operator set it up. */
  help?: KnowledgeHelp | undefined;
}
