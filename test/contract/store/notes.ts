import { z } from 'zod';
import type { Collection, Insert, Query, Store } from '../../../src/store/port.ts';

const note = z.object({
  id: z.string().min(1),
  version: z.number().int(),
  topic: z.string(),
  at: z.string(),
  open: z.boolean().default(true),
  size: z.number().nullish(),
  key: z.string().nullish(),
  owner: z.string().nullish(),
  tags: z.array(z.string()).optional(),
  mails: z.array(z.string()).optional(),
  words: z.array(z.string()).optional(),
  dueAt: z.string().nullish(),
  claimedBy: z.string().nullish(),
  expiresAt: z.string().nullish(),
  body: z.unknown().optional(),
});
export type Note = z.infer<typeof note>;

/** A collection with an index of each kind that the port knows. */
export const notes: Collection<Note> = {
  name: 'notes',
  schema: note,
  indexes: [
    { name: 'byTopic', on: ['topic', 'at'] },
    { name: 'byTopicOpen', on: ['topic', 'open', 'size'] },
    { name: 'bySize', on: ['size'] },
    { name: 'byKey', on: ['key'], unique: true },
    { name: 'byOwnerKey', on: ['owner', 'key'], unique: true },
    { name: 'byTag', on: ['tags', 'at'], list: true },
    { name: 'byMail', on: ['mails'], list: true, unique: true },
    { name: 'byDue', on: ['topic', 'dueAt'] },
  ],
  filters: ['owner', 'open', 'size'],
  expires: 'expiresAt',
  terms: (document) => document.words ?? [],
  feed: true,
};

/** A collection without extras: no feed, no terms, no expiry. */
export const plain: Collection<{ id: string; version: number; text: string }> = {
  name: 'plain',
  schema: z.object({ id: z.string(), version: z.number(), text: z.string() }),
  indexes: [],
};

let made = 0;

/** A note with an id of its own and a time later than the one made before it. */
export function aNote(fields: Partial<Note> = {}): Note {
  made += 1;
  const at = new Date(Date.UTC(2026, 0, 1) + made * 1000).toISOString();
  return { id: `note-${String(made).padStart(6, '0')}`, version: 1, topic: 'general', at, open: true, ...fields };
}

export const inserting = (document: Note, more: Partial<Insert<Note>> = {}): Insert<Note> => ({
  op: 'insert',
  in: notes,
  document,
  ...more,
});

/** Stores notes in one unit and gives them as they are stored. */
export async function keep(store: Store, ...documents: Note[]): Promise<Note[]> {
  const result = await store.write(documents.map((document) => inserting(document)));
  if (!result.ok) throw new Error(`not kept: ${result.reason} ${result.index ?? ''}`);
  return result.documents as Note[];
}

export const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

/** Every page of a query, in order. */
export async function readAll(store: Store, query: Query): Promise<Note[]> {
  const items: Note[] = [];
  let cursor = query.cursor;
  do {
    const page = await store.find(notes, { ...query, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** What a driver gives the suite: a fresh store of the declared collections. */
export interface Opened {
  store: Store;
  /** Closes the store and opens it again on what it has kept. */
  reopen(): Promise<Store>;
  cleanup(): Promise<void>;
}
export type Open = () => Promise<Opened>;

/** In what a server that stands in for the real one differs from it. */
export interface ServerKind {
  /** Default true. */
  ordersByCodePoints?: boolean;
  /** How many documents make a search long; default 2500. */
  many?: number;
}

/** The collections that the suite's stores must be opened with. */
export const contractCollections = [notes, plain];
