import { z } from 'zod';
import { type Clock, iso } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Collection, Store } from '../store/port.ts';

export const auditActions = [
  'session.began',
  'session.refused',
  'session.ended',
  'token.issued',
  'token.revoked',
  'agent.created',
  'agent.changed',
  'agent.handed-over',
  'ticket.field-read',
  'deputy.named',
  'deputy.ended',
  'incident.opened',
  'incident.changed',
  'incident.told',
  'incident.closed',
  'setting.changed',
  'article.created',
  'article.changed',
  'article.removed',
  'question.assigned',
  'question.dismissed',
  'suggestion.rejected',
  'articles.imported',
  'inbox.created',
  'inbox.changed',
  'inbox.removed',
  'arrivals.read',
  'arrival.retried',
  'contact.read',
  'message.read',
  'contact.changed',
  'contact.joined',
  'contact.parted',
  'contact.code-sent',
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditEntry = z.object({
  id: z.string(),
  version: z.number().int(),
  at: z.string(),
  /** The principal's id; null where nobody was signed in. */
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.enum(auditActions),
  /** The id of what it was done to. */
  subject: z.string().nullable(),
  /** Names of changed fields and the like; never values, passwords or personal data. */
  fields: z.array(z.string()),
});
/** A line of who did what, only ever added. */
export type AuditEntry = z.infer<typeof auditEntry>;

export const audit: Collection<AuditEntry> = {
  name: 'audit',
  schema: auditEntry,
  indexes: [
    { name: 'by-at', on: ['at'] },
    { name: 'by-actor', on: ['actorId', 'at'] },
    { name: 'by-subject', on: ['subject', 'at'] },
  ],
  filters: ['action'],
};

interface Deps {
  store: Store;
  clock: Clock;
  ids: Ids;
}

/** Writes one line of the audit; resolves when it is durable. */
export async function note(
  { store, clock, ids }: Deps,
  by: { id: string; name: string } | null,
  action: AuditAction,
  about: { subject?: string; fields?: readonly string[] } = {},
): Promise<void> {
  const document: AuditEntry = {
    id: ids.next(),
    version: 1,
    at: iso(clock.now()),
    actorId: by?.id ?? null,
    actorName: by?.name ?? null,
    action,
    subject: about.subject ?? null,
    fields: [...(about.fields ?? [])],
  };
  await store.write([{ op: 'insert', in: audit, document }]);
}
