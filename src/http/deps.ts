import type { Log } from '../channel/channel.ts';
import type { Peers } from '../channel/kind.ts';
import type { Clock } from '../clock.ts';
import type { Members } from '../cluster/members.ts';
import type { Flow } from '../flow/flow.ts';
import type { Ids } from '../ids.ts';
import type { Inboxes } from '../inbox/inboxes.ts';
import type { Language } from '../language/language.ts';
import type { Metrics } from '../metrics.ts';
import type { OneTimeCodes } from '../one-time-code/create-one-time-codes.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { OutsidePages } from '../pages.ts';
import type { Store } from '../store/port.ts';

/** What the knowledge bank would say to a text. */
export interface Answer {
  outcome: 'answer' | 'choose' | 'none';
  /** The best three, also when the outcome is none. */
  articles: {
    id: string;
    title: string;
    confidence: number;
    /** What of the article the text is most like. */
    phrasing?: string | undefined;
  }[];
  text?: string | undefined;
  /** The steps that led there. */
  why: string[];
}

export interface HttpConfig {
  /** Where people reach Wasl, such as `https://care.example.edu`. */
  publicUrl: string;
  /** Express's `trust proxy`. */
  trustProxy: boolean | string;
  /** Origins of host pages that may load the widget and use its routes; `*` for all. */
  allowedOrigins: string[];
  apiToken?: string | undefined;
  rateLimits: boolean;
  version: string;
  /** Where the built browser files are. */
  distDirectory: string;
}

/** All that the HTTP door needs; nothing of it is read from anywhere else. */
export interface HttpDeps {
  store: Store;
  flow: Flow;
  inboxes: Inboxes;
  /** Everything that the organisation decides, as it stands now. */
  organisation(): OrganisationSnapshot;
  /** By the bank alone. */
  answer(text: string, language?: Language): Answer;
  /** With help; absent where none is set up. */
  consult?: ((text: string, language?: Language) => Promise<Answer>) | undefined;
  /** Resolves when the articles that are stored now are what this process answers with. */
  settled(): Promise<void>;
  codes: OneTimeCodes;
  pages: OutsidePages & { contact(language: Language): string };
  config: HttpConfig;
  members: Members;
  /** A secret of this installation for one purpose. */
  secret(purpose: string): Uint8Array;
  /** Absent where this process has the store for itself. */
  peers?: Peers | undefined;
  clock: Clock;
  ids: Ids;
  log: Log;
  metrics: Metrics;
}
