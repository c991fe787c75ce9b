import type { Channel, Log } from '../channel/channel.ts';
import type { DeliveryStatus } from '../channel/inbound.ts';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Knowledge } from '../knowledge/engine.ts';
import type { Language } from '../language/language.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Store } from '../store/port.ts';
import type { Render } from '../template/template.ts';
import type { Understanding } from '../understanding/understanding.ts';

/** What the flow counts; given by `src/metrics.ts`. */
export interface FlowMetrics {
  received(channel: string): void;
  sent(channel: string, status: DeliveryStatus): void;
  decided(ms: number): void;
}

/** All that is loaded from the organisation's content, always as it stands now. */
export interface Content {
  organisation(): OrganisationSnapshot;
  render(): Render;
  understand(text: string): Understanding;
  knowledge(): Knowledge;
  article(id: string, language: Language): { text: string; html: string } | null;
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
  /** Names this process among those that share the store. */
  owner: string;
}
