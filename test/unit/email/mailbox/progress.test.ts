import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  caughtUp,
  type Progress,
  readLeft,
  readProgress,
  resume,
} from '../../../../channels/email/mailbox/progress.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const day = 86_400_000;
const daysAgo = (days: number): string => new Date(now - days * day).toISOString();

const known: Progress = { uidValidity: '7', lastUid: 40, seenAt: daysAgo(1), skip: null };

describe('where reading goes on', () => {
  it('is after the last UID while the folder keeps its numbers', () => {
    const opened = { uidValidity: '7', uidNext: 41 };
    expect(resume({ progress: known, left: [] }, opened, now, 30)).toBe(known);
  });

  it('is the beginning of an unknown folder, without what is older than the first days', () => {
    const opened = { uidValidity: '7', uidNext: 41 };
    expect(resume({ progress: null, left: [] }, opened, now, 10)).toEqual({
      uidValidity: '7',
      lastUid: 0,
      seenAt: null,
      skip: { before: daysAgo(10), upTo: 40 },
    });
  });

  it('is thirty days back when the folder was renumbered', () => {
    const opened = { uidValidity: '8', uidNext: 12 };
    const next = resume({ progress: known, left: [] }, opened, now, 10);
    expect(next).toEqual({ ...known, uidValidity: '8', lastUid: 0, skip: { before: daysAgo(30), upTo: 11 } });
  });

  it('is a week before the last mail when that is longer ago', () => {
    const opened = { uidValidity: '8', uidNext: 12 };
    const next = resume({ progress: { ...known, seenAt: daysAgo(60) }, left: [] }, opened, now, 10);
    expect(next.skip).toEqual({ before: daysAgo(67), upTo: 11 });
  });

  it('reaches back to the oldest mail that was left behind', () => {
    const opened = { uidValidity: '8', uidNext: 12 };
    const next = resume({ progress: known, left: [{ uid: 3, arrivedAt: daysAgo(90) }] }, opened, now, 10);
    expect(next.skip?.before).toBe(daysAgo(90));
  });

  it('reaches as far back as a first reading that was not at its end', () => {
    const opened = { uidValidity: '8', uidNext: 12 };
    const unfinished = { ...known, skip: { before: daysAgo(365), upTo: 900 } };
    expect(resume({ progress: unfinished, left: [] }, opened, now, 10).skip?.before).toBe(daysAgo(365));
  });

  it('is the beginning too when the server was set back and says nothing of it', () => {
    const opened = { uidValidity: '7', uidNext: 40 };
    expect(resume({ progress: known, left: [] }, opened, now, 10)).toMatchObject({ lastUid: 0, skip: { upTo: 39 } });
  });
});

describe('how far a folder was read', () => {
  it('never goes back', () => {
    const uid = fc.integer({ min: 0, max: 1000 });
    const property = fc.property(fc.array(uid), (uids) => {
      let at: Progress = { ...known, lastUid: 0 };
      for (const one of uids) {
        const next = advance(at, one, []);
        expect(next.lastUid).toBe(Math.max(at.lastUid, one));
        at = next;
      }
    });
    fc.assert(property);
  });

  it('holds the time of the newest mail', () => {
    expect(advance(known, 41, [daysAgo(5), daysAgo(0), daysAgo(2)]).seenAt).toBe(daysAgo(0));
    expect(advance(known, 41, [daysAgo(5)]).seenAt).toBe(daysAgo(1));
    expect(advance({ ...known, seenAt: null }, 41, []).seenAt).toBeNull();
  });

  it('lies behind what was left alone once everything else was read', () => {
    const reading = { ...known, lastUid: 12, skip: { before: daysAgo(30), upTo: 90 } };
    expect(caughtUp(reading)).toEqual({ ...known, lastUid: 90, skip: null });
    expect(caughtUp(known)).toEqual(known);
  });

  it('is read from its note, and a note that says nothing is none', () => {
    expect(readProgress(JSON.stringify(known))).toEqual(known);
    expect(readProgress(null)).toBeNull();
    expect(readProgress('{"uidValidity":7')).toBeNull();
    expect(readProgress('{"uidValidity":7}')).toBeNull();
    expect(readLeft('[]')).toBeNull();
  });
});
