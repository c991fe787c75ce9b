import type { ImapFlow, MailboxObject } from 'imapflow';
import { pause, within } from '../../../src/channel/wait.ts';
import { type Connection, ConnectionLost } from './connection.ts';
import { type DrainDeps, drain, drainLeft } from './drain.ts';
import { type Notes, openNotes } from './folder-notes.ts';
import type { OpenedFolder } from './progress.ts';
import type { Timing } from './timing.ts';
import { FolderMissing } from './trouble.ts';

export interface SessionDeps extends Omit<DrainDeps, 'notes'> {
  notes: Notes;
  firstDays: number;
  timing: Timing;
  /** Called once the folder is open. */
  opened(): void;
  /** Called each time everything was taken. */
  caughtUp(): void;
  /** True where it is time to try again what was left behind. */
  isLeftDue(): boolean;
}

const silent = (): Error => new ConnectionLost(Object.assign(new Error('No answer'), { code: 'ETIMEOUT' }));

async function openFolder(client: ImapFlow, name: string): Promise<OpenedFolder> {
  const opened = await client.mailboxOpen(name).catch(async (error: unknown): Promise<MailboxObject> => {
    if (!client.usable) throw new ConnectionLost(error);
    const there = (await client.list({ listOnly: true })).map(({ path }) => path);
    throw there.includes(name) ? error : new FolderMissing(name, there);
  });
  const last = opened.uidNext || opened.exists === 0 ? null : await client.fetchOne('*', { uid: true });
  return { uidValidity: String(opened.uidValidity), uidNext: opened.uidNext || (last ? last.uid + 1 : 1) };
}

/** Waits for the server's news. A hint only: what is new is found by UID. */
function listen(client: ImapFlow) {
  let news = false;
  let wake = (): void => {};
  client.on('exists', () => {
    news = true;
    wake();
  });
  /** Resolves once there is news, when `end` aborts, and at the latest after `ms`. */
  return async (clock: SessionDeps['clock'], ms: number, end: AbortSignal): Promise<void> => {
    if (!news) {
      const woken = new AbortController();
      wake = () => woken.abort();
      await pause(clock, ms, AbortSignal.any([woken.signal, end]));
    }
    news = false;
  };
}

async function follow(client: ImapFlow, deps: SessionDeps, drainDeps: DrainDeps, end: AbortSignal): Promise<void> {
  const { clock, timing, signal } = deps;
  const news = listen(client);
  const every = client.capabilities.has('IDLE') ? timing.pollMs : Math.min(timing.pollMs, timing.pollWithoutIdleMs);
  while (!signal.aborted) {
    await within(clock, timing.answerMs, client.noop(), silent);
    await drain(drainDeps, client);
    deps.caughtUp();
    if (deps.isLeftDue()) await drainLeft(drainDeps, client);
    if (!client.usable) throw new ConnectionLost();
    // Begun at once rather than after `idleDelayMs`, so that there is no moment in which news would not be heard.
    client.idle().catch(() => undefined);
    await news(clock, every, end);
    if (!client.usable) throw new ConnectionLost();
  }
}

/** Reads a folder over one connection until it is stopped, which resolves, or broken, which rejects. */
export async function readFolder({ client, gone }: Connection, deps: SessionDeps): Promise<void> {
  const ended = new AbortController();
  gone.then(() => ended.abort());
  const opened = await openFolder(client, deps.folder);
  deps.opened();
  const folder = { name: deps.folder, opened };
  const from = { now: deps.clock.now(), firstDays: deps.firstDays };
  const notes = await deps.insist(() => openNotes(deps.notes, folder, from));
  await follow(client, deps, { ...deps, notes }, AbortSignal.any([deps.signal, ended.signal]));
}
