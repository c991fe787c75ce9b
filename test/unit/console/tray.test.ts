import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../src/web/console/api/client.ts';
import type { KeptFile } from '../../../src/web/console/api/files.ts';
import { createTray, type Tray, type TrayDeps } from '../../../src/web/console/conversation/tray.ts';
import { aShelf } from './a-shelf.ts';

type Given = Parameters<TrayDeps['upload']>[0];

const now = Date.parse('2026-11-25T08:00:00.000Z');
const kept = (name: string, more: Partial<KeptFile> = {}): KeptFile => ({
  id: `id-${name}`,
  name,
  type: 'application/pdf',
  bytes: 4,
  expiresAt: '2026-11-26T08:00:00.000Z',
  ...more,
});
const aFile = (name: string): File => new File(['%PDF'], name, { type: 'application/pdf' });
const any = (): boolean => true;

/** A tray before a server whose answers the test gives by hand. */
function aTray({ shelf = aShelf(), at = now } = {}) {
  const calls: { given: Given; accept: (more?: Partial<KeptFile>) => void; refuse: (error: unknown) => void }[] = [];
  let keys = 0;
  const tray = createTray({
    shelf,
    agentId: 'huda',
    newKey: () => `key-${++keys}`,
    now: () => at,
    upload: (given) =>
      new Promise((resolve, reject) => {
        calls.push({ given, accept: (more) => resolve(kept(given.file.name, more)), refuse: reject });
      }),
    codeOf: (error) => (error instanceof ApiError ? error.code : 'failed'),
  });
  return { tray, calls, shelf };
}

const called = (calls: unknown[], count: number) => vi.waitFor(() => expect(calls).toHaveLength(count));
const looks = (tray: Tray, id = 'c1') => tray.of(id).map(({ name, state, reason }) => [name, state, reason]);
const settled = (tray: Tray, expected: unknown) => vi.waitFor(() => expect(looks(tray)).toEqual(expected));

describe('the tray for files of an answer', () => {
  it('shows files at once, uploads one after the other and gives them in their order', async () => {
    const { tray, calls } = aTray();
    tray.add('c1', [aFile('a.pdf'), aFile('b.pdf')], any);
    tray.add('c2', [aFile('other.pdf')], any);
    expect(looks(tray).map(([name, state]) => [name, state])).toEqual([
      ['a.pdf', 'uploading'],
      ['b.pdf', 'uploading'],
    ]);
    await called(calls, 1);
    calls[0]?.given.onShare(0.5);
    expect(tray.of('c1')[0]?.share).toBe(0.5);
    calls[0]?.accept();
    await called(calls, 2);
    calls[1]?.accept();
    await called(calls, 3);
    expect(tray.take('c1').map(({ id }) => id)).toEqual(['id-a.pdf', 'id-b.pdf']);
    expect(looks(tray)).toEqual([]);
    expect(looks(tray, 'c2')).toEqual([['other.pdf', 'uploading', null]]);
  });

  it('keeps a failed file with its reason, goes on with the next and uploads it again when asked', async () => {
    const { tray, calls } = aTray();
    tray.add('c1', [aFile('a.pdf'), aFile('b.pdf')], any);
    await called(calls, 1);
    calls[0]?.refuse(new ApiError('offline', 'no answer'));
    await called(calls, 2);
    calls[1]?.accept();
    await settled(tray, [
      ['a.pdf', 'failed', 'offline'],
      ['b.pdf', 'here', null],
    ]);
    tray.retry('key-2');
    tray.retry('key-1');
    await called(calls, 3);
    expect(calls[2]?.given.file.name).toBe('a.pdf');
    calls[2]?.accept();
    await settled(tray, [
      ['a.pdf', 'here', null],
      ['b.pdf', 'here', null],
    ]);
  });

  it('refuses a file whose bytes are of another type than the channel takes, whatever it is called', async () => {
    const { tray, calls } = aTray();
    tray.add('c1', [aFile('a.pdf')], (type) => type === 'application/pdf');
    await called(calls, 1);
    calls[0]?.accept({ type: 'image/gif' });
    await settled(tray, [['a.pdf', 'failed', 'wrong-type']]);
    expect(tray.of('c1')[0]?.canRetry).toBe(false);
    expect(tray.take('c1')).toEqual([]);
  });

  it('stops the upload of a file that is taken out, and does not begin one that waits', async () => {
    const { tray, calls } = aTray();
    tray.add('c1', [aFile('a.pdf'), aFile('b.pdf'), aFile('c.pdf')], any);
    await called(calls, 1);
    tray.remove('key-2');
    tray.remove('key-1');
    expect(calls[0]?.given.signal.aborted).toBe(true);
    calls[0]?.refuse(new ApiError('offline', 'no answer'));
    await called(calls, 2);
    expect(calls[1]?.given.file.name).toBe('c.pdf');
    expect(looks(tray)).toEqual([['c.pdf', 'uploading', null]]);
  });

  it('still has after a reload what was uploaded, as long as the server keeps it', async () => {
    const before = aTray();
    before.tray.add('c1', [aFile('a.pdf'), aFile('b.pdf')], any);
    await called(before.calls, 1);
    before.calls[0]?.accept();
    await settled(before.tray, [
      ['a.pdf', 'here', null],
      ['b.pdf', 'uploading', null],
    ]);
    expect(looks(aTray({ shelf: before.shelf }).tray)).toEqual([['a.pdf', 'here', null]]);
    expect(looks(aTray({ shelf: before.shelf, at: now + 25 * 3_600_000 }).tray)).toEqual([]);
  });

  it('takes back the files of an answer that did not get through', () => {
    const { tray, shelf } = aTray();
    tray.putBack('c1', [kept('a.pdf')], null);
    expect(tray.take('c1')).toEqual([kept('a.pdf')]);
    expect(shelf.kept.size).toBe(0);
    tray.putBack('c1', [kept('a.pdf')], 'gone');
    expect(looks(tray)).toEqual([['a.pdf', 'failed', 'gone']]);
    expect(tray.take('c1')).toEqual([]);
  });

  it('stays in memory where the storage is full, and begins empty on nonsense', () => {
    const { tray } = aTray({ shelf: aShelf({ refuses: true }) });
    tray.putBack('c1', [kept('a.pdf')], null);
    expect(tray.of('c1')).toHaveLength(1);
    const shelf = aShelf();
    shelf.kept.set('wasl-tray:huda', '[null, {"kept":');
    expect(aTray({ shelf }).tray.of('c1')).toEqual([]);
  });

  it('gives the same list while nothing changes, and tells who watches', () => {
    const { tray } = aTray();
    let told = 0;
    const stop = tray.subscribe(() => told++);
    tray.putBack('c1', [kept('a.pdf')], null);
    stop();
    tray.putBack('c2', [kept('b.pdf')], null);
    expect(told).toBe(1);
    expect(tray.of('c1')).toBe(tray.of('c1'));
  });
});
