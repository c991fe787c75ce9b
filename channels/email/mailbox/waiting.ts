import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { ConnectionLost } from './connection.ts';
import type { Progress } from './progress.ts';

/** A mail that waits in the folder, before it is fetched. */
export interface WaitingMail {
  uid: number;
  bytes: number;
  /** INTERNALDATE, ISO. */
  arrivedAt: string;
  /** Somebody had answered it before we came. */
  answered: boolean;
}

const dayMs = 86_400_000;
/** How many mails are asked about in one go. */
const chunk = 200;
const mostMails = 50;
const mostBytes = 8 * 1024 * 1024;

/** UIDs in ascending order as an IMAP sequence set: 1:3,7. */
export function uidSet(uids: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const uid of uids) {
    const last = runs.at(-1);
    if (last && uid === last[1] + 1) last[1] = uid;
    else runs.push([uid, uid]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}

/** That the server refused a command which it should not refuse. */
export class CommandRefused extends Error {
  constructor(command: string, cause?: unknown) {
    super(`The mail server refuses to ${command}`, { cause });
    this.name = 'CommandRefused';
  }
}

async function findUids(client: ImapFlow, query: { uid: string; since?: Date }): Promise<number[]> {
  const found = await client.search(query, { uid: true });
  if (!Array.isArray(found)) throw client.usable ? new CommandRefused('search the folder') : new ConnectionLost();
  return found;
}

/**
 * The UIDs that were not read yet, ascending. `n:*` also finds the last mail when its UID is below n (RFC 9051, 9), so
 * that one is taken out again.
 */
export async function findWaiting(client: ImapFlow, { lastUid, skip }: Progress): Promise<number[]> {
  const next = lastUid + 1;
  const bounded = skip && next <= skip.upTo;
  const found = bounded
    ? [
        // SINCE knows whole days in the server's zone: a day more is asked for, and looked at closely afterwards.
        ...(await findUids(client, { uid: `${next}:${skip.upTo}`, since: new Date(Date.parse(skip.before) - dayMs) })),
        ...(await findUids(client, { uid: `${skip.upTo + 1}:*` })),
      ]
    : await findUids(client, { uid: `${next}:*` });
  return [...new Set(found)].filter((uid) => uid > lastUid).sort((a, b) => a - b);
}

function toWaiting(mail: FetchMessageObject, now: () => number): WaitingMail {
  const arrived = new Date(mail.internalDate ?? now());
  return {
    uid: mail.uid,
    bytes: mail.size ?? 0,
    arrivedAt: new Date(Number.isNaN(arrived.getTime()) ? now() : arrived).toISOString(),
    answered: mail.flags?.has('\\Answered') ?? false,
  };
}

/** Size, time and flags of mails by UID; those that are gone meanwhile are missing. */
export async function describe(client: ImapFlow, uids: readonly number[], now: () => number): Promise<WaitingMail[]> {
  const asked = new Set(uids);
  const query = { uid: true, size: true, flags: true, internalDate: true };
  const mails = await client.fetchAll(uidSet(uids), query, { uid: true });
  if (!client.usable) throw new ConnectionLost();
  // Servers also tell of flags that others changed meanwhile: only whole answers to our question count.
  const whole = mails.filter((mail) => asked.has(mail.uid) && mail.size !== undefined);
  return whole.map((mail) => toWaiting(mail, now)).sort((a, b) => a.uid - b.uid);
}

/** Cuts mails into batches of at most 50 mails and 8 MB; a mail that failed before goes alone. */
export function cutBatches(mails: readonly WaitingMail[], goesAlone: (uid: number) => boolean): WaitingMail[][] {
  const batches: WaitingMail[][] = [];
  let bytes = 0;
  let open = false;
  for (const mail of mails) {
    const alone = goesAlone(mail.uid);
    const last = batches.at(-1);
    if (open && !alone && last && last.length < mostMails && bytes + mail.bytes <= mostBytes) {
      last.push(mail);
      bytes += mail.bytes;
    } else {
      batches.push([mail]);
      bytes = mail.bytes;
      open = !alone;
    }
  }
  return batches;
}

/** What waits, described, chunk by chunk in ascending order; without what is to be left alone. */
export async function* describeWaiting(
  client: ImapFlow,
  progress: Progress,
  now: () => number,
): AsyncGenerator<WaitingMail[]> {
  const uids = await findWaiting(client, progress);
  const { skip } = progress;
  for (let at = 0; at < uids.length; at += chunk) {
    const mails = await describe(client, uids.slice(at, at + chunk), now);
    yield mails.filter((mail) => !skip || mail.uid > skip.upTo || mail.arrivedAt >= skip.before);
  }
}
