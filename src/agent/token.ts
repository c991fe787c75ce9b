import { z } from 'zod';
import { type Clock, iso } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Collection, Store } from '../store/port.ts';
import { agentRole } from './roles.ts';
import { digest } from './secret.ts';

export const apiToken = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  role: agentRole,
  hash: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  /** To the hour. */
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
});
/** The key of a program that uses the API. */
export type ApiToken = z.infer<typeof apiToken>;

export const apiTokens: Collection<ApiToken> = {
  name: 'apiTokens',
  schema: apiToken,
  indexes: [
    { name: 'by-hash', on: ['hash'], unique: true },
    { name: 'by-created', on: ['createdAt'] },
    { name: 'by-expiry', on: ['expiresAt'] },
  ],
  expires: 'expiresAt',
};

const noteUseMs = 3_600_000;

/** Makes a token; `token` is told this once, only its digest is kept. */
export async function issueToken(
  { store, clock, ids }: { store: Store; clock: Clock; ids: Ids },
  facts: Pick<ApiToken, 'name' | 'role' | 'createdBy' | 'expiresAt'>,
): Promise<ApiToken & { token: string }> {
  const token = `wasl_${ids.token()}`;
  const document: ApiToken = {
    ...facts,
    id: ids.next(),
    version: 1,
    hash: digest(token),
    createdAt: iso(clock.now()),
    lastUsedAt: null,
  };
  await store.write([{ op: 'insert', in: apiTokens, document }]);
  return { ...document, token };
}

async function noteUse(store: Store, found: ApiToken, now: number): Promise<void> {
  if (found.lastUsedAt && now - Date.parse(found.lastUsedAt) < noteUseMs) return;
  await store.write([{ op: 'update', in: apiTokens, id: found.id, set: { lastUsedAt: iso(now) } }]);
}

/** The valid token of this value, or null. */
export async function findToken(
  { store, clock }: { store: Store; clock: Clock },
  value: string,
): Promise<ApiToken | null> {
  const { items } = await store.find(apiTokens, { index: 'by-hash', where: { hash: digest(value) }, limit: 1 });
  const found = items[0];
  const now = clock.now();
  if (!found || (found.expiresAt && found.expiresAt <= iso(now))) return null;
  await noteUse(store, found, now);
  return found;
}
