import type { Pace } from '../channel/capabilities.ts';

/** The part of a pace that each of several processes may keep to, so that together they keep it. */
export function sharedPace(pace: Pace | null, among: number): Pace | null {
  if (pace === null || among === 1) return pace;
  const { perSecond, person } = pace;
  const part = person && {
    everyMs: person.everyMs * among,
    burst: Math.max(1, Math.floor(person.burst / among)),
  };
  return { ...pace, perSecond: perSecond / among, person: part };
}

/** A sending that asks whether it may go. */
export interface Asking {
  /** The delivery's id. */
  id: string;
  /** What keeps one pace: an inbox, or one side of it. */
  row: string;
  address: string;
  pace: Pace | null;
}

/** Says when each sending may go, so that no account and no person is written to faster than is allowed. Times are in ms. */
export interface Pacing {
  /** `now` or earlier: it goes, and is counted. Later: it is to ask again then; its place in the inbox's row is kept. */
  ask(sending: Asking, now: number): number;
  /** Nothing of the row goes before `until`. */
  pause(row: string, until: number): void;
}

interface Row {
  /** When the next sending of the inbox may go. */
  nextAt: number;
  pausedUntil: number;
  /** By address: when the person would have taken all that was sent, one in `everyMs` (the theoretical arrival time of GCRA). */
  people: Map<string, number>;
  /** Places given and not yet used, by delivery. */
  places: Map<string, number>;
}

const sweepAt = 1_000;
/** A place that nobody came for is nobody's any more. */
const lostAfterMs = 600_000;

/** A number from 0 to 1 that belongs to an id: looks like chance, and is the same again. */
export function chanceOf(id: string): number {
  let hash = 0;
  for (const sign of id) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) % 65_521;
  return hash / 65_521;
}

const gap = ({ perSecond, jitterMs }: Pace, id: string): number => 1_000 / perSecond + jitterMs * chanceOf(id);

function sweep(row: Row, now: number): void {
  if (row.people.size + row.places.size < sweepAt) return;
  for (const [address, at] of row.people) if (at <= now) row.people.delete(address);
  for (const [id, at] of row.places) if (at + lostAfterMs <= now) row.places.delete(id);
}

const personFreeAt = (row: Row, { person }: Pace, address: string): number =>
  person ? (row.people.get(address) ?? 0) - (person.burst - 1) * person.everyMs : 0;

/** The next place in the row. The person has taken it then, so that further ones to the same person wait outside. */
function newPlace(row: Row, { id, address }: Asking, pace: Pace, now: number): number {
  const at = Math.max(now, row.nextAt, row.pausedUntil);
  row.nextAt = at + gap(pace, id);
  row.places.set(id, at);
  if (pace.person) row.people.set(address, Math.max(row.people.get(address) ?? 0, at) + pace.person.everyMs);
  return at;
}

/** A pause made the place void: the sending is put into the row anew. */
function again(row: Row, { id }: Asking, pace: Pace): number {
  const at = Math.max(row.nextAt, row.pausedUntil);
  row.nextAt = at + gap(pace, id);
  row.places.set(id, at);
  return at;
}

function placeOf(row: Row, asking: Asking, pace: Pace, now: number): number {
  const kept = row.places.get(asking.id);
  if (kept !== undefined) return kept < row.pausedUntil ? again(row, asking, pace) : kept;
  const free = personFreeAt(row, pace, asking.address);
  // whoever waits for the person takes no place from others
  return free > now ? Math.max(free, row.pausedUntil) : newPlace(row, asking, pace, now);
}

function askRow(row: Row, asking: Asking, now: number): number {
  if (!asking.pace) return Math.max(now, row.pausedUntil);
  const at = placeOf(row, asking, asking.pace, now);
  if (at > now) return at;
  row.places.delete(asking.id);
  sweep(row, now);
  return now;
}

/** Keeps the pace of all inboxes of this process, in memory: a restart begins anew. */
export function createPacing(): Pacing {
  const rows = new Map<string, Row>();
  const rowOf = (name: string): Row => {
    const row = rows.get(name) ?? { nextAt: 0, pausedUntil: 0, people: new Map(), places: new Map() };
    rows.set(name, row);
    return row;
  };
  return {
    ask: (sending, now) => askRow(rowOf(sending.row), sending, now),
    pause(name, until) {
      const row = rowOf(name);
      row.pausedUntil = Math.max(row.pausedUntil, until);
    },
  };
}
