import type { Log } from '../channel/channel.ts';
import type { Clock } from '../clock.ts';
import type { Article } from '../knowledge/article.ts';
import type { KnowledgeResult } from '../knowledge/engine.ts';
import type { Asked, KnowledgeHelp, Roomless } from '../knowledge/help.ts';
import { inLanguage } from '../language/language.ts';
import { type Help, HelpRefused, type Near, type Offered } from './help.ts';
import { offerAt, withHelp } from './with-help.ts';

export type HelpKind = 'near' | 'choose' | 'rephrase';
/** What became of one asking. `nothing`: an answer that names none. `resting`: not asked, since it failed often just now. */
export type HelpOutcome = 'helped' | 'nothing' | 'timed-out' | 'refused' | 'failed' | 'resting';

export interface ConsultOptions {
  /** Help may still be opening when the first questions come. */
  help: Promise<Help | null>;
  /** How long one question may wait for all of it, in ms. */
  waitMs: number;
  /** The share of answers that must be right, as the organisation wants it. */
  sureness(): number;
  /** The bank as it stands; another object whenever it was edited. */
  articles(): ReadonlyMap<string, Article>;
  clock: Clock;
  log: Log;
  count(kind: HelpKind, outcome: HelpOutcome, ms: number): void;
  /** Milliseconds, to measure by. */
  stopwatch?(): number;
}

const mostOffered = 8;
/** Who failed so often in a row rests so long: a dead server must not slow each question. */
const failuresToRest = 3;
const restMs = 30_000;
/** How soon an edited bank is read anew. */
const followMs = 1000;

/** What one asking gave, with a line for the "why". */
interface Came<T> {
  value: T | undefined;
  why: string;
}

const outcomeOf = (error: unknown, within: AbortSignal): HelpOutcome => {
  if (within.aborted) return 'timed-out';
  return error instanceof HelpRefused ? 'refused' : 'failed';
};

/** Asks one helper under the clock: whatever comes of it is counted and named, nothing is thrown. */
function createAsking({ clock, log, count, stopwatch = () => performance.now() }: ConsultOptions, kind: HelpKind) {
  let failures = 0;
  let restsUntil = 0;
  const failed = (error: unknown, within: AbortSignal): HelpOutcome => {
    const outcome = outcomeOf(error, within);
    failures = outcome === 'refused' ? 0 : failures + 1;
    if (failures >= failuresToRest) restsUntil = clock.now() + restMs;
    if (failures === failuresToRest)
      log.warn({ kind }, 'help for the knowledge bank does not answer; it rests for a while');
    return outcome;
  };
  return async <T>(work: () => Promise<T>, helps: (value: T) => boolean, within: AbortSignal): Promise<Came<T>> => {
    const untried = within.aborted ? 'timed-out' : clock.now() < restsUntil ? 'resting' : null;
    if (untried !== null) {
      count(kind, untried, 0);
      return { value: undefined, why: `${kind}: ${untried}, 0 ms` };
    }
    const began = stopwatch();
    const took = (): number => Math.round(stopwatch() - began);
    try {
      const value = await work();
      failures = 0;
      const outcome = helps(value) ? 'helped' : 'nothing';
      count(kind, outcome, took());
      return { value, why: `${kind}: ${outcome}, ${took()} ms` };
    } catch (error) {
      const outcome = failed(error, within);
      count(kind, outcome, took());
      const because = error instanceof HelpRefused ? ` (${error.message})` : '';
      return { value: undefined, why: `${kind}: ${outcome}${because}, ${took()} ms` };
    }
  };
}

const isThere = (value: string | null): boolean => value !== null;
const isNear = (near: readonly Near[]): boolean => near.some(({ likeness }) => likeness >= offerAt);

/** What may be chosen: what the bank found, then what is near in meaning. */
function offeredOf(result: KnowledgeResult, near: readonly Near[], titleOf: (id: string) => string | null): Offered[] {
  const ids = new Set([...result.articles, ...near].map(({ id }) => id));
  return [...ids].slice(0, mostOffered).flatMap((id) => {
    const title = titleOf(id);
    return title === null ? [] : [{ id, title }];
  });
}

/** Tells the helper of the bank, once it is open and whenever the bank was edited. */
function follow({ articles, clock }: ConsultOptions, help: Help): () => void {
  let told: ReadonlyMap<string, Article> | null = null;
  let cancel = (): void => undefined;
  const look = (): void => {
    const now = articles();
    if (now !== told) void help.learn?.([...now.values()]);
    told = now;
    cancel = clock.after(followMs, look);
  };
  if (help.learn) look();
  return () => cancel();
}

/** Asks the operator's helpers where the bank alone is not sure, and puts together what comes in time. */
export function createConsult(options: ConsultOptions): KnowledgeHelp {
  const { waitMs, clock, articles, sureness } = options;
  const asking = {
    near: createAsking(options, 'near'),
    choose: createAsking(options, 'choose'),
    rephrase: createAsking(options, 'rephrase'),
  };
  let help: Help | null = null;
  let unfollow = (): void => undefined;
  let isStopped = false;
  options.help
    .then((opened) => {
      if (isStopped) return opened?.stop();
      help = opened;
      if (opened) unfollow = follow(options, opened);
    })
    .catch((error: unknown) => options.log.error({ err: error }, 'help for the knowledge bank could not be opened'));

  const titles =
    ({ language }: Asked) =>
    (id: string): string | null => {
      const found = articles().get(id);
      return found?.status === 'published' ? inLanguage(found.title, language) : null;
    };

  async function improve(result: KnowledgeResult, asked: Asked, within: AbortSignal): Promise<KnowledgeResult> {
    if (result.outcome === 'answer' || help === null) return result;
    const { near, choose } = help;
    const titleOf = titles({ ...asked, language: result.language });
    const found = near && (await asking.near(() => near(asked.text, asked.language, within), isNear, within));
    const first = { ...result, why: [...result.why, ...(found ? [found.why] : [])] };
    const meant = withHelp(first, { near: found?.value }, sureness(), titleOf);
    if (meant.outcome === 'answer' || !choose) return meant;
    const offered = offeredOf(meant, found?.value ?? [], titleOf);
    if (offered.length === 0) return meant;
    const chosen = await asking.choose(() => choose(asked.text, offered, within), isThere, within);
    const second = { ...meant, why: [...meant.why, chosen.why] };
    return withHelp(second, { chosen: chosen.value }, sureness(), titleOf);
  }

  async function reword(request: Roomless, within: AbortSignal) {
    const rephrase = help?.rephrase;
    if (!rephrase || request.text.length <= request.atMost) return { text: null, why: [] };
    const { value, why } = await asking.rephrase(() => rephrase(request, within), isThere, within);
    return { text: value ?? null, why: [why] };
  }

  return {
    patience() {
      const patience = new AbortController();
      clock.after(waitMs, () => patience.abort(new Error(`no help within ${waitMs} ms`)));
      return patience.signal;
    },
    improve,
    reword,
    async stop() {
      isStopped = true;
      unfollow();
      // what is still opening ends by itself, and nobody waits for it
      await help?.stop();
    },
  };
}
