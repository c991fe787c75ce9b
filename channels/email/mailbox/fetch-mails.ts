import type { ImapFlow } from 'imapflow';
import { ConnectionLost } from './connection.ts';
import { fetchHeadAndWords } from './large-mail.ts';
import type { RawMail } from './raw-mail.ts';
import { CommandRefused, uidSet, type WaitingMail } from './waiting.ts';

/** What came of fetching a batch. Mails that were removed meanwhile are in neither list. */
export interface FetchedBatch {
  mails: RawMail[];
  /** Mails that could not be fetched however often it was tried. */
  unreachable: WaitingMail[];
  /** The highest UID that this batch speaks for. */
  upTo: number;
}

/**
 * Remembers which mails were being fetched when something broke, so that one of them that breaks the connection each time
 * is found, goes alone, and is given up at last.
 */
export interface Suspects {
  isSuspect(uid: number): boolean;
  isGivenUp(uid: number): boolean;
  begin(uids: readonly number[]): void;
  cleared(uids: readonly number[]): void;
}

const mostTries = 3;

export function createSuspects(): Suspects {
  const tries = new Map<number, number>();
  return {
    isSuspect: (uid) => tries.has(uid),
    isGivenUp: (uid) => (tries.get(uid) ?? 0) >= mostTries,
    begin(uids) {
      for (const uid of uids) tries.set(uid, (tries.get(uid) ?? 0) + 1);
    },
    cleared(uids) {
      for (const uid of uids) tries.delete(uid);
    },
  };
}

async function fetchWhole(client: ImapFlow, mails: readonly WaitingMail[]): Promise<Map<number, Uint8Array>> {
  const sources = new Map<number, Uint8Array>();
  if (mails.length === 0) return sources;
  const range = uidSet(mails.map(({ uid }) => uid));
  const fetched = await client.fetchAll(range, { uid: true, source: true }, { uid: true });
  for (const { uid, source } of fetched) if (source) sources.set(uid, source);
  return sources;
}

async function fetchSources(client: ImapFlow, mails: readonly WaitingMail[], maxBytes: number) {
  const sources = await fetchWhole(
    client,
    mails.filter(({ bytes }) => bytes <= maxBytes),
  );
  for (const { uid } of mails.filter(({ bytes }) => bytes > maxBytes)) {
    const source = await fetchHeadAndWords(client, uid);
    if (source) sources.set(uid, source);
  }
  return sources;
}

/** A mail that was not answered with is either gone, which is fine, or kept back by the server, which is not. */
async function assertGone(client: ImapFlow, uids: readonly number[]): Promise<void> {
  if (!client.usable) throw new ConnectionLost();
  if (uids.length === 0) return;
  const there = await client.search({ uid: uidSet(uids) }, { uid: true });
  if (!client.usable) throw new ConnectionLost();
  if (!Array.isArray(there) || there.length > 0) throw new CommandRefused('hand out a mail');
}

/** Fetches one batch. Rejects with `ConnectionLost`, or with `CommandRefused` where another try may find the culprit. */
export async function fetchBatch(
  client: ImapFlow,
  batch: readonly WaitingMail[],
  options: { folder: string; maxBytes: number; suspects: Suspects },
): Promise<FetchedBatch> {
  const { folder, maxBytes, suspects } = options;
  const upTo = batch.at(-1)?.uid ?? 0;
  const unreachable = batch.filter(({ uid }) => suspects.isGivenUp(uid));
  const wanted = batch.filter(({ uid }) => !suspects.isGivenUp(uid));
  const uids = wanted.map(({ uid }) => uid);
  suspects.begin(uids);
  let sources: Map<number, Uint8Array>;
  try {
    sources = await fetchSources(client, wanted, maxBytes);
  } catch (error) {
    throw client.usable ? new CommandRefused('hand out mails', error) : new ConnectionLost(error);
  }
  suspects.cleared([...sources.keys()]);
  const missing = uids.filter((uid) => !sources.has(uid));
  await assertGone(client, missing);
  suspects.cleared(missing);
  const mails = wanted.flatMap((mail): RawMail[] => {
    const raw = sources.get(mail.uid);
    return raw ? [{ ...mail, folder, raw, truncated: mail.bytes > maxBytes }] : [];
  });
  return { mails, unreachable, upTo };
}

/** The values of a source, of which the next is already being made while one is used. */
export async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  const ask = (): Promise<IteratorResult<T>> => {
    const next = source.next();
    next.catch(() => undefined);
    return next;
  };
  for (let next = ask(); ; ) {
    const { done, value } = await next;
    if (done) return;
    next = ask();
    yield value;
  }
}
