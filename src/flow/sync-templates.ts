import type { ProviderTemplate } from '../channel/channel.ts';
import { SendError } from '../channel/send-error.ts';
import { iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { type ApprovedTemplate, approvedTemplates } from '../inbox/approved-templates.ts';
import type { Op } from '../store/port.ts';
import { templateIdOf } from './agent-words.ts';
import type { FlowDeps } from './deps.ts';
import { fallsToUs } from './share.ts';

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock' | 'log' | 'members' | 'serves'>;

const everyMs = 6 * 3_600_000;
const againMs = 600_000;
/** A channel that starts, or tells of several changes, is asked once. */
const soonMs = 2_000;
const perUnit = 100;

async function known({ store }: Deps, inboxId: string): Promise<ApprovedTemplate[]> {
  const found: ApprovedTemplate[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(approvedTemplates, { index: 'by-inbox', where: { inboxId }, limit: 1000, cursor });
    found.push(...page.items);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}

/** What makes our list that of the provider; which notice staff gave a template stays. */
function changesTo(
  before: readonly ApprovedTemplate[],
  now: readonly ProviderTemplate[],
  of: { inboxId: string; at: string },
): Op[] {
  const given = new Map(now.map((one) => [templateIdOf(of.inboxId, one.name, one.language), one]));
  const ids = new Set(before.map(({ id }) => id));
  const gone = before.filter(({ id }) => !given.has(id));
  return [
    ...gone.map(({ id }): Op => ({ op: 'remove', in: approvedTemplates, id })),
    ...[...given].map(([id, facts]): Op => {
      const set = { ...facts, inboxId: of.inboxId, syncedAt: of.at };
      if (ids.has(id)) return { op: 'update', in: approvedTemplates, id, set };
      return { op: 'insert', in: approvedTemplates, document: { id, version: 1, notice: null, ...set } };
    }),
  ];
}

async function sync(deps: Deps, inboxId: string): Promise<number> {
  const channel = deps.channels.get(inboxId);
  if (!channel?.templates) throw new WaslError('not-allowed', 'This inbox has no templates.');
  const now = await channel.templates();
  const ops = changesTo(await known(deps, inboxId), now, { inboxId, at: iso(deps.clock.now()) });
  for (let at = 0; at < ops.length; at += perUnit) {
    const unit = ops.slice(at, at + perUnit);
    // a template that was added or went away meanwhile is looked at the next time
    if (!(await deps.store.write(unit)).ok) for (const op of unit) await deps.store.write([op]);
  }
  return now.length;
}

/** Keeps what is known of the provider's templates as they are there. */
export interface TemplateSync {
  /** Asks now; gives how many there are. Rejects with `WaslError`: `not-allowed` without templates, `unavailable` where the provider fails. */
  now(inboxId: string): Promise<number>;
  /** Asks in a moment, and every six hours from then on, as long as that falls to this process. */
  soon(inboxId: string): void;
  /** Asks in a moment whoever else does: this process was told that they changed. */
  changed(inboxId: string): void;
  idle(): Promise<void>;
  stop(): void;
}

/** One sync of an inbox at a time: who asks meanwhile gets the same answer. */
export function createTemplateSync(deps: Deps): TemplateSync {
  const timers = new Map<string, () => void>();
  const running = new Map<string, Promise<number>>();
  let stopped = false;
  const run = (inboxId: string): Promise<number> => {
    const started = running.get(inboxId) ?? sync(deps, inboxId).finally(() => running.delete(inboxId));
    running.set(inboxId, started);
    return started;
  };
  const plan = (inboxId: string, ms: number, isTold = false): void => {
    timers.get(inboxId)?.();
    timers.delete(inboxId);
    // an inbox that is gone, or has none, is not asked again
    if (stopped || !deps.channels.get(inboxId)?.templates) return;
    timers.set(
      inboxId,
      deps.clock.after(ms, () => byItself(inboxId, isTold)),
    );
  };
  const byItself = (inboxId: string, isTold: boolean): void => {
    if (!isTold && !fallsToUs(deps, inboxId, inboxId)) {
      // it does once whoever does it is gone
      plan(inboxId, againMs);
      return;
    }
    run(inboxId).then(
      () => plan(inboxId, everyMs),
      (error: unknown) => {
        deps.log.warn({ err: error, inboxId }, 'the templates of an inbox could not be read; it is tried again');
        plan(inboxId, againMs, isTold);
      },
    );
  };
  return {
    async now(inboxId) {
      try {
        return await run(inboxId);
      } catch (error) {
        throw error instanceof SendError ? new WaslError('unavailable', error.message, { cause: error }) : error;
      }
    },
    soon: (inboxId) => plan(inboxId, soonMs),
    changed: (inboxId) => plan(inboxId, soonMs, true),
    async idle() {
      await Promise.allSettled(running.values());
    },
    stop() {
      stopped = true;
      for (const cancel of timers.values()) cancel();
    },
  };
}
