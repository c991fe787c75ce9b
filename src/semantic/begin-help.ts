import type { Log } from '../channel/channel.ts';
import type { Clock } from '../clock.ts';
import type { CoreSettings } from '../config.ts';
import type { Article } from '../knowledge/article.ts';
import type { KnowledgeHelp } from '../knowledge/help.ts';
import { createConsult } from './consult.ts';
import { openHelp } from './open-help.ts';

/** What help needs of the running Wasl. */
export interface HelpDeps {
  settings: CoreSettings;
  content: {
    articles(): ReadonlyMap<string, Article>;
    organisation(): { knowledge: { sureness: number } };
  };
  clock: Clock;
  log: Log;
  metrics: { help(kind: string, outcome: string, ms: number): void };
}

/** Opens the help that the settings name, in the background: until it is open, and where it cannot be, questions go on without. */
export const beginHelp = ({ settings, content, clock, log, metrics }: HelpDeps): KnowledgeHelp =>
  createConsult({
    help: openHelp(settings, log),
    waitMs: settings.KNOWLEDGE_HELP_MS,
    sureness: () => content.organisation().knowledge.sureness,
    articles: content.articles,
    clock,
    log,
    count: metrics.help,
  });
