import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { may } from '../../agent/roles.ts';
import { type Contact, contacts } from '../../contact/contact.ts';
import { WaslError } from '../../errors.ts';
import { languages } from '../../language/language.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, pageFields, pageOf, version, words } from '../fields.ts';
import { findPeople } from '../find-by-words.ts';
import { changeOr409, findPage, getOr404 } from '../find-page.ts';
import { type ContactReply, contactReply, presentContacts } from '../present/contact.ts';
import { type AnyRoute, route } from '../route.ts';

async function presentOne({ store }: HttpDeps, found: Contact, masked: boolean): Promise<ContactReply> {
  const [shown] = await presentContacts(store, [found], { masked });
  if (!shown) throw new Error('a contact was lost while being shown');
  return shown;
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/contacts',
    summary: 'Contacts, the newest first; phones are masked, and who was joined to another is left out',
    tag: 'Contacts',
    access: 'contacts.read',
    query: z.strictObject({ ...pageFields, q: words(200).optional().meta({ description: 'Words of the name.' }) }),
    reply: pageOf(contactReply),
    async handle({ query: { q, ...paging } }) {
      const page =
        q === undefined
          ? await findPage(store, contacts, { index: 'by-created', order: 'desc', ...paging })
          : { items: (await findPeople(store, q)).slice(0, paging.limit), nextCursor: null };
      const people = page.items.filter(({ joinedTo }) => joinedTo === null);
      return { ...page, items: await presentContacts(store, people, { masked: true }) };
    },
  });

const show = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/contacts/:id',
    summary: 'One contact; in full for those who work with people, and then noted in the audit',
    tag: 'Contacts',
    access: 'contacts.read',
    params: byId,
    reply: contactReply,
    async handle({ params: { id }, by }) {
      const found = await getOr404(deps.store, contacts, id, 'contact');
      const masked = !may(by.role, 'contacts.full');
      if (!masked) await note(deps, by, 'contact.read', { subject: id });
      return presentOne(deps, found, masked);
    },
  });

const changeBody = z.strictObject({
  version,
  name: words(300).nullable().optional(),
  entity: words(300).nullable().optional(),
  category: z.string().max(100).nullable().optional(),
  language: z.enum(languages).nullable().optional(),
  preferredChannel: z.string().max(100).nullable().optional(),
  mutedChannels: z
    .array(z.string().max(100))
    .max(20)
    .optional()
    .meta({ description: 'Kinds of channels over which the person is never written to first.' }),
  phone: z
    .string()
    .regex(/^\+\d{7,15}$/, 'write the number as +966…')
    .nullable()
    .optional(),
  email: z.email().max(320).toLowerCase().nullable().optional(),
});

function requireCategory({ organisation }: HttpDeps, wanted: string | null | undefined): void {
  if (wanted === undefined || wanted === null) return;
  if (organisation().organisation.categories.some(({ id }) => id === wanted)) return;
  throw new WaslError('invalid', 'body.category: there is no such category.');
}

/** What an administrator can set up, and what is set up. */
const kindsOf = ({ inboxes }: HttpDeps): ReadonlySet<string> =>
  new Set([...inboxes.forms.map(({ channel }) => channel), ...[...inboxes.channels.values()].map(({ kind }) => kind)]);

function requireKinds(deps: HttpDeps, wanted: readonly string[] = []): void {
  const kinds = kindsOf(deps);
  const at = wanted.findIndex((kind) => !kinds.has(kind));
  if (at >= 0) throw new WaslError('invalid', `body.mutedChannels.${at}: there is no such kind of channel.`);
}

async function requireUnjoined({ store }: HttpDeps, id: string): Promise<void> {
  const found = await store.get(contacts, id);
  if (found?.joinedTo) throw new WaslError('not-allowed', 'This contact was joined to another: change that one.');
}

const change = (deps: HttpDeps) =>
  route({
    method: 'patch',
    path: '/contacts/:id',
    summary: 'Correct what is known of a contact',
    tag: 'Contacts',
    access: 'contacts.change',
    params: byId,
    body: changeBody,
    reply: contactReply,
    async handle({ params: { id }, body: { version: expect, ...set }, by }) {
      requireCategory(deps, set.category);
      requireKinds(deps, set.mutedChannels);
      await requireUnjoined(deps, id);
      const changed = await changeOr409(deps.store, { in: contacts, id, expect, set }, (current) =>
        presentOne(deps, current, false),
      );
      await note(deps, by, 'contact.changed', { subject: id, fields: Object.keys(set) });
      return presentOne(deps, changed, false);
    },
  });

/** The people outside. */
export const contactRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), show(deps), change(deps)];
