import type { OwnMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { attachments } from '../message/message.ts';
import { fileIdOf } from './attach.ts';
import type { FlowDeps } from './deps.ts';
import { fetchFile, stopping } from './fetch-file.ts';
import { fallsToUs } from './share.ts';
import { createSlots } from './slots.ts';

/** Files of one inbox that are fetched at a time, and that wait in memory for it. */
const atOnce = 3;
const mostHeld = 100;
const pageOf = 500;
/** A fetching that takes longer is begun anew later. */
const patienceMs = 10 * 60_000;

/** Files that messages only name: fetched once the words are stored, again and again where it fails. */
export interface FileFetcher {
  /** The files of a message that was just stored. */
  stored(messageId: string, event: Carrier): void;
  /** Fetches what is due; to be called every few seconds. */
  look(): Promise<void>;
  /** Ends what is in hand; it is taken up at the next start. */
  stop(): Promise<void>;
  idle(): Promise<void>;
}

/** What names files. */
type Carrier = Pick<OwnMessage, 'inboxId' | 'attachments'>;
type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock' | 'log' | 'metrics' | 'members' | 'serves'>;

export function createFileFetcher(deps: Deps): FileFetcher {
  const slots = createSlots();
  const held = new Map<string, Promise<void>>();
  const heldOf = new Map<string, number>();
  const endings = new Set<AbortController>();
  let stopped = false;

  // of one that is not open it is tried, so that it is missing in time
  const mayFetch = (inboxId: string): boolean => deps.serves(inboxId) || !deps.channels.has(inboxId);
  const falls = (id: string, inboxId: string): boolean =>
    deps.channels.has(inboxId) ? fallsToUs(deps, inboxId, id) : deps.members.isMine(id);
  const one = async (id: string): Promise<void> => {
    if (stopped) return;
    const ending = new AbortController();
    endings.add(ending);
    const cancel = deps.clock.after(patienceMs, () => ending.abort());
    await fetchFile(deps, id, ending.signal).finally(() => {
      cancel();
      endings.delete(ending);
    });
  };
  const release = (id: string, inboxId: string): void => {
    held.delete(id);
    const left = (heldOf.get(inboxId) ?? 1) - 1;
    if (left > 0) heldOf.set(inboxId, left);
    else heldOf.delete(inboxId);
  };
  const take = (id: string, inboxId: string): void => {
    const count = heldOf.get(inboxId) ?? 0;
    if (stopped || held.has(id) || count >= mostHeld || !mayFetch(inboxId)) return;
    heldOf.set(inboxId, count + 1);
    const fetching = slots
      .run(inboxId, atOnce, () => one(id))
      .catch((error: unknown) => {
        if (!stopped) deps.log.error({ err: error, attachmentId: id }, 'fetching a file failed; it is tried again');
      })
      .finally(() => release(id, inboxId));
    held.set(id, fetching);
  };
  const idle = async (): Promise<void> => {
    while (held.size > 0) await Promise.all(held.values());
  };

  return {
    stored(messageId, { inboxId, attachments: named }) {
      for (const [place, { reference }] of named.entries())
        if (reference !== undefined) take(fileIdOf(messageId, place), inboxId);
    },
    async look() {
      const where = { dueAt: { lte: iso(deps.clock.now()) } };
      for (let cursor: string | undefined; !stopped; ) {
        const page = await deps.store.find(attachments, { index: 'by-due', where, limit: pageOf, cursor });
        for (const { id, inboxId } of page.items) if (falls(id, inboxId)) take(id, inboxId);
        if (!page.nextCursor) return;
        cursor = page.nextCursor;
      }
    },
    async stop() {
      stopped = true;
      for (const ending of endings) ending.abort(stopping);
      await idle();
    },
    idle,
  };
}
