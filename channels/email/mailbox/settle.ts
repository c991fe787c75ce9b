import type { ImapFlow } from 'imapflow';
import type { Log } from '../../../src/channel/channel.ts';
import type { FetchedBatch } from './fetch-mails.ts';
import type { FileHandled } from './file-handled.ts';
import { advance, type LeftMail, type Progress } from './progress.ts';
import type { RawMail } from './raw-mail.ts';
import type { Insist } from './retry.ts';

/** How far one folder is and what was left behind, kept in notes. */
export interface FolderNotes {
  progress(): Progress;
  save(progress: Progress): Promise<void>;
  left(): readonly LeftMail[];
  saveLeft(mails: readonly LeftMail[]): Promise<void>;
}

export interface SettleDeps {
  take(batch: readonly RawMail[]): Promise<readonly boolean[]>;
  insist: Insist;
  /** Waits before a mail that was not taken is tried again; rejects if the mailbox is stopped. */
  breathe(tries: number): Promise<void>;
  fileHandled: FileHandled;
  notes: FolderNotes;
  log: Log;
}

/** The mails that are not durable after one try. */
async function takeOnce(deps: SettleDeps, mails: readonly RawMail[]): Promise<RawMail[]> {
  if (mails.length === 0) return [];
  const durable = await deps.insist(() => deps.take(mails));
  return mails.filter((_, at) => durable[at] !== true);
}

/** Three tries: together, together once more, and each alone, so that none suffers for another. */
async function takeAll(deps: SettleDeps, mails: readonly RawMail[]): Promise<RawMail[]> {
  const first = await takeOnce(deps, mails);
  if (first.length === 0) return [];
  await deps.breathe(1);
  const second = await takeOnce(deps, first);
  if (second.length > 0) await deps.breathe(2);
  const still: RawMail[] = [];
  for (const mail of second) still.push(...(await takeOnce(deps, [mail])));
  return still;
}

/** What came of taking a batch; without the mails themselves. */
export interface Taken {
  uids: number[];
  arrivedAt: string[];
  behind: LeftMail[];
  upTo: number;
}

/** Has one batch stored. Rejects only if the mailbox is stopped. */
export async function takeBatch(deps: SettleDeps, { mails, unreachable, upTo }: FetchedBatch): Promise<Taken> {
  const refused = await takeAll(deps, mails);
  const taken = mails.filter((mail) => !refused.includes(mail));
  return {
    uids: taken.map(({ uid }) => uid),
    arrivedAt: taken.map(({ arrivedAt }) => arrivedAt),
    behind: [...refused, ...unreachable].map(({ uid, arrivedAt }) => ({ uid, arrivedAt })),
    upTo,
  };
}

/**
 * Brings a stored batch to its end: filed, then remembered as done. Broken off anywhere, the batch comes again and nothing
 * is lost. Rejects if the connection is lost or the mailbox is stopped.
 */
export async function finishBatch(deps: SettleDeps, client: ImapFlow, taken: Taken): Promise<void> {
  const { uids, arrivedAt, behind, upTo } = taken;
  await deps.fileHandled(client, uids);
  if (behind.length > 0) {
    await deps.insist(() => deps.notes.saveLeft([...deps.notes.left(), ...behind]));
    deps.log.error({ uids: behind.map(({ uid }) => uid) }, 'mails could not be taken and are left behind for now');
  }
  await deps.insist(() => deps.notes.save(advance(deps.notes.progress(), upTo, arrivedAt)));
}

/** Tries a mail that was left behind once more. True when it is off the list: taken, or gone from the folder. */
export async function settleLeft(deps: SettleDeps, client: ImapFlow, batch: FetchedBatch): Promise<boolean> {
  if (batch.unreachable.length > 0) return false;
  if ((await takeOnce(deps, batch.mails)).length > 0) return false;
  await deps.fileHandled(
    client,
    batch.mails.map(({ uid }) => uid),
  );
  return true;
}
