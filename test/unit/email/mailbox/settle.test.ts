import type { ImapFlow } from 'imapflow';
import { describe, expect, it } from 'vitest';
import type { FetchedBatch } from '../../../../channels/email/mailbox/fetch-mails.ts';
import type { LeftMail, Progress } from '../../../../channels/email/mailbox/progress.ts';
import type { RawMail } from '../../../../channels/email/mailbox/raw-mail.ts';
import { finishBatch, type SettleDeps, settleLeft, takeBatch } from '../../../../channels/email/mailbox/settle.ts';

const arrivedAt = '2026-11-21T12:00:00.000Z';
const mail = (uid: number): RawMail => ({
  folder: 'INBOX',
  uid,
  raw: new Uint8Array(),
  bytes: 0,
  truncated: false,
  arrivedAt,
  answered: false,
});
const batch = (...uids: number[]) => ({ mails: uids.map(mail), unreachable: [], upTo: uids.at(-1) ?? 0 });
const client = {} as ImapFlow;

/** A desk that writes down, in order, what is done to it; `refused` tells which UIDs are not taken at the n-th try. */
function aDesk(refused: (uid: number, batch: readonly RawMail[]) => boolean = () => false) {
  const events: string[] = [];
  let progress: Progress = { uidValidity: '1', lastUid: 0, seenAt: null, skip: null };
  let left: readonly LeftMail[] = [];
  const deps: SettleDeps = {
    async take(mails) {
      events.push(`take ${mails.map(({ uid }) => uid)}`);
      return mails.map(({ uid }) => !refused(uid, mails));
    },
    insist: (store) => store(),
    breathe: async () => {},
    fileHandled: async (_, uids) => {
      events.push(`file ${uids}`);
    },
    notes: {
      progress: () => progress,
      async save(next) {
        progress = next;
        events.push(`remember ${next.lastUid}`);
      },
      left: () => left,
      async saveLeft(mails) {
        left = mails;
        events.push(`leave ${mails.map(({ uid }) => uid)}`);
      },
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  };
  return { deps, events };
}

const settle = async (deps: SettleDeps, fetched: FetchedBatch): Promise<void> =>
  finishBatch(deps, client, await takeBatch(deps, fetched));

describe('a batch', () => {
  it('is stored, then filed, then remembered', async () => {
    const { deps, events } = aDesk();
    await settle(deps, batch(1, 2, 3));
    expect(events).toEqual(['take 1,2,3', 'file 1,2,3', 'remember 3']);
  });

  it('is not remembered when it could not be filed', async () => {
    const { deps, events } = aDesk();
    deps.fileHandled = () => Promise.reject(new Error('The line is dead'));
    await expect(settle(deps, batch(1))).rejects.toThrow('dead');
    expect(events).toEqual(['take 1']);
  });

  it('tries a mail that is not taken twice more, at last alone, and leaves only that one behind', async () => {
    const { deps, events } = aDesk((uid) => uid === 2);
    await settle(deps, batch(1, 2, 3));
    expect(events).toEqual(['take 1,2,3', 'take 2', 'take 2', 'file 1,3', 'leave 2', 'remember 3']);
  });

  it('lets no mail suffer for another that spoils the batch', async () => {
    const { deps, events } = aDesk(
      (uid, mails) => uid === 2 || (mails.length > 1 && mails.some((one) => one.uid === 2)),
    );
    await settle(deps, batch(1, 2, 3));
    expect(events).toContain('file 1,3');
    expect(events).toContain('leave 2');
  });

  it('leaves behind what the server could not hand out', async () => {
    const { deps, events } = aDesk();
    const unreachable = [{ uid: 9, bytes: 1, arrivedAt, answered: false }];
    await settle(deps, { mails: [], unreachable, upTo: 9 });
    expect(events).toEqual(['file ', 'leave 9', 'remember 9']);
  });
});

describe('a mail that was left behind', () => {
  it('is off the list once it is taken and filed', async () => {
    const { deps, events } = aDesk();
    expect(await settleLeft(deps, client, batch(5))).toBe(true);
    expect(events).toEqual(['take 5', 'file 5']);
  });

  it('is off the list when it is gone from the folder', async () => {
    const { deps } = aDesk();
    expect(await settleLeft(deps, client, batch())).toBe(true);
  });

  it('stays on it while it is not taken', async () => {
    const { deps, events } = aDesk(() => true);
    expect(await settleLeft(deps, client, batch(5))).toBe(false);
    expect(events).toEqual(['take 5']);
  });
});
