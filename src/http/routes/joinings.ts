import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { type Contact, contacts } from '../../contact/contact.ts';
import { join } from '../../contact/join.ts';
import { type Joining, joinings } from '../../contact/joining.ts';
import { findSame } from '../../contact/same.ts';
import { takeBack } from '../../contact/take-back.ts';
import { WaslError } from '../../errors.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, time, version } from '../fields.ts';
import { getOr404 } from '../find-page.ts';
import { contactReply, presentContacts } from '../present/contact.ts';
import { type AnyRoute, route } from '../route.ts';
import { acting } from './conversation-actions.ts';

const candidate = z
  .object({
    contact: contactReply,
    why: z.array(z.enum(['phone', 'email'])),
    channels: z.array(z.string()).meta({ description: 'Where this contact writes from.' }),
  })
  .meta({ id: 'SameCandidate' });

const same = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/contacts/:id/same',
    summary: 'Contacts that may be the same person, by phone or mail address, never by name; phones are masked',
    tag: 'Contacts',
    access: 'contacts.read',
    params: byId,
    reply: z.object({ items: z.array(candidate) }),
    async handle({ params: { id } }) {
      const { store } = deps;
      const of = await getOr404(store, contacts, id, 'contact');
      const found = of.joinedTo ? [] : await findSame(store, of);
      const people = found.map(({ contact }) => contact);
      const shown = new Map((await presentContacts(store, people, { masked: true })).map((one) => [one.id, one]));
      const items = found.flatMap(({ contact: { id: otherId }, why }) => {
        const contact = shown.get(otherId);
        if (!contact) return [];
        return [{ contact, why, channels: [...new Set(contact.addresses.map(({ channel }) => channel))] }];
      });
      return { items };
    },
  });

const joiningReply = z
  .object({
    /** What `unmerge` takes as `mergeId`. */
    id: z.string(),
    contactId: z.string(),
    otherId: z.string(),
    proof: z.enum(['code', 'staff', 'provider']),
    agentId: z.string().nullable(),
    undoneAt: time.nullable(),
    undoneBy: z.string().nullable(),
    at: time,
    /** What the other was called, where anything was known. */
    otherName: z.string().nullable(),
    moved: z.object({ addresses: z.number(), conversations: z.number(), tickets: z.number() }),
  })
  .meta({ id: 'Joining' });

const present = ({ before, moved, version: _, ...shown }: Joining): z.infer<typeof joiningReply> => ({
  ...shown,
  otherName: before.other.name,
  moved: {
    addresses: moved.addressIds.length,
    conversations: moved.conversationIds.length,
    tickets: moved.ticketNumbers.length,
  },
});

const shownAtMost = 100;

async function joiningsOf(store: Store, id: string): Promise<Joining[]> {
  const query = { order: 'desc', limit: shownAtMost } as const;
  const kept = await store.find(joinings, { index: 'by-contact', where: { contactId: id }, ...query });
  const gone = await store.find(joinings, { index: 'by-other', where: { otherId: id }, ...query });
  return [...kept.items, ...gone.items].sort((one, other) => other.at.localeCompare(one.at));
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/contacts/:id/joinings',
    summary: 'The joinings of a contact with others, the newest first, also those taken back',
    tag: 'Contacts',
    access: 'contacts.read',
    params: byId,
    reply: z.object({ items: z.array(joiningReply) }),
    async handle({ params: { id } }) {
      await getOr404(store, contacts, id, 'contact');
      return { items: (await joiningsOf(store, id)).map(present) };
    },
  });

const joined = z
  .object({ mergeId: z.string().meta({ description: 'By this it is taken back.' }), contact: contactReply })
  .meta({ id: 'Merged' });

async function answer({ store }: HttpDeps, mergeId: string, contactId: string): Promise<z.infer<typeof joined>> {
  const found = await getOr404(store, contacts, contactId, 'contact');
  const [contact] = await presentContacts(store, [found], { masked: false });
  if (!contact) throw new Error('a contact was lost while being shown');
  return { mergeId, contact };
}

/** A stale version is told with the contact as the API shows it. */
async function withContact<T>({ store }: HttpDeps, action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    const known =
      error instanceof WaslError && error.code === 'conflict' ? (error.details as { current: Contact }) : null;
    if (!known) throw error;
    const [current] = await presentContacts(store, [known.current], { masked: false });
    throw new WaslError('conflict', 'It was changed meanwhile; look at it again.', {
      details: { current },
      cause: error,
    });
  }
}

const shared = { method: 'post', tag: 'Contacts', access: 'contacts.change', params: byId } as const;

const merge = (deps: HttpDeps) =>
  route({
    ...shared,
    path: '/contacts/:id/merge',
    summary: 'Another contact is the same person: everything of the other goes over to this one; can be taken back',
    body: z.strictObject({ otherId: opaqueId, version: version.optional() }),
    reply: joined,
    async handle({ params: { id }, body: { otherId, version: expected }, by }) {
      const proof = { proof: 'staff', agentId: by.id, version: expected } as const;
      const { joining: made, isNew } = await withContact(deps, join(deps, { contactId: id, otherId }, proof));
      if (isNew) await note(deps, by, 'contact.joined', { subject: id, fields: [otherId] });
      return answer(deps, made.id, id);
    },
  });

const unmerge = (deps: HttpDeps) =>
  route({
    ...shared,
    path: '/contacts/:id/unmerge',
    summary: 'Take a joining back: everything that went over goes back',
    body: z.strictObject({ mergeId: opaqueId }),
    reply: joined,
    async handle({ params: { id }, body: { mergeId }, by }) {
      const { joining: undone, isNew } = await takeBack(deps, mergeId, { contactId: id, agentId: by.id });
      if (isNew) await note(deps, by, 'contact.parted', { subject: id, fields: [undone.otherId] });
      return answer(deps, mergeId, id);
    },
  });

const sendCode = (deps: HttpDeps) =>
  route({
    ...shared,
    path: '/contacts/:id/merge-code',
    summary: 'Send the other contact a code; told in a conversation of this one, it proves that both are one person',
    body: z.strictObject({ otherId: opaqueId }),
    reply: z.object({ channel: z.string(), conversationId: z.string(), expiresAt: time }).meta({ id: 'SentCode' }),
    async handle({ params: { id }, body: { otherId }, by }) {
      const sent = await deps.flow.staff.sendJoinCode(acting(by), { contactId: id, otherId });
      await note(deps, by, 'contact.code-sent', { subject: id, fields: [otherId] });
      return sent;
    },
  });

/** One person under several contacts: who may be, joined on proof, and taken back. */
export const joiningRoutes = (deps: HttpDeps): AnyRoute[] => [
  same(deps),
  list(deps),
  merge(deps),
  unmerge(deps),
  sendCode(deps),
];
