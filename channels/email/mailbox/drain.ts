import type { ImapFlow } from 'imapflow';
import type { ChannelDeps } from '../../../src/channel/channel.ts';
import { type FetchedBatch, fetchBatch, oneAhead, type Suspects } from './fetch-mails.ts';
import { caughtUp } from './progress.ts';
import { finishBatch, type SettleDeps, settleLeft, takeBatch } from './settle.ts';
import { CommandRefused, cutBatches, describe, describeWaiting } from './waiting.ts';

export interface DrainDeps extends SettleDeps {
  folder: string;
  maxBytes: number;
  clock: ChannelDeps['clock'];
  suspects: Suspects;
  signal: AbortSignal;
}

async function* fetchWaiting(deps: DrainDeps, client: ImapFlow): AsyncGenerator<FetchedBatch> {
  for await (const mails of describeWaiting(client, deps.notes.progress(), deps.clock.now))
    for (const batch of cutBatches(mails, deps.suspects.isSuspect)) yield await fetchBatch(client, batch, deps);
}

/**
 * Takes everything that waits, batch by batch in ascending order. While one batch is being stored the next is fetched and
 * the one before is filed, so that neither the store nor the mail server waits for the other.
 */
async function drainOnce(deps: DrainDeps, client: ImapFlow): Promise<void> {
  let finishing: Promise<void> = Promise.resolve();
  try {
    for await (const batch of oneAhead(fetchWaiting(deps, client))) {
      const taken = await takeBatch(deps, batch);
      await finishing;
      finishing = finishBatch(deps, client, taken);
      finishing.catch(() => undefined);
      if (deps.signal.aborted) break;
    }
  } finally {
    await finishing;
  }
  const progress = deps.notes.progress();
  if (progress.skip && !deps.signal.aborted) await deps.insist(() => deps.notes.save(caughtUp(progress)));
}

/** How often one folder is gone through again since the server refused to hand out a mail, before the connection is made anew. */
const mostRounds = 5;

/** Takes everything that waits in the folder. A mail that the server cannot hand out is found and left behind. */
export async function drain(deps: DrainDeps, client: ImapFlow): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      return await drainOnce(deps, client);
    } catch (error) {
      if (!(error instanceof CommandRefused) || round === mostRounds || deps.signal.aborted) throw error;
    }
  }
}

/** Tries the mails once more that were left behind, each by itself. */
export async function drainLeft(deps: DrainDeps, client: ImapFlow): Promise<void> {
  for (const { uid } of deps.notes.left()) {
    if (deps.signal.aborted) return;
    deps.suspects.cleared([uid]);
    const batch = await describe(client, [uid], deps.clock.now);
    const fetched = await fetchBatch(client, batch, deps).catch((error: unknown) => {
      if (error instanceof CommandRefused) return null;
      throw error;
    });
    if (!fetched || !(await settleLeft(deps, client, fetched))) continue;
    const rest = deps.notes.left().filter((mail) => mail.uid !== uid);
    await deps.insist(() => deps.notes.saveLeft(rest));
    deps.log.info({ uid }, 'a mail that was left behind is taken now');
  }
}
