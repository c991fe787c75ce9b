import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { WaslError } from '../../errors.ts';
import type { InboxView } from '../../inbox/held.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageOf, version, words } from '../fields.ts';
import { withCurrent } from '../find-page.ts';
import { type InboxSettingsReply, inboxReply, inboxSettingsReply, presentInbox } from '../present/inbox.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';

const list = ({ store, inboxes }: HttpDeps) =>
  route({
    method: 'get',
    path: '/inboxes',
    summary: 'Inboxes and the state of their connections',
    tag: 'Inboxes',
    access: 'inboxes.read',
    reply: pageOf(inboxReply),
    async handle() {
      return { items: await Promise.all(inboxes.list().map((one) => presentInbox(store, one))), nextCursor: null };
    },
  });

const kindReply = z
  .object({
    channel: z.string(),
    fields: z.array(
      z.object({
        name: z.string(),
        help: z.string(),
        secret: z.boolean(),
        required: z.boolean(),
        default: z.string().nullable(),
        choices: z.array(z.string()).nullable(),
      }),
    ),
  })
  .meta({ id: 'InboxKind' });

const kinds = ({ inboxes }: HttpDeps) =>
  route({
    method: 'get',
    path: '/inboxes/kinds',
    summary: 'The kinds of inboxes that can be set up, and what each needs',
    tag: 'Inboxes',
    access: 'inboxes.change',
    reply: pageOf(kindReply),
    async handle() {
      return { items: [...inboxes.forms], nextCursor: null };
    },
  });

const present = async ({ store, inboxes }: HttpDeps, inbox: InboxView): Promise<InboxSettingsReply> => ({
  ...(await presentInbox(store, inbox)),
  login: inbox.login,
  values: await inboxes.shown(inbox.id),
});

const show = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/inboxes/:id',
    summary: 'One inbox with its settings, without the secrets among them',
    tag: 'Inboxes',
    access: 'inboxes.change',
    params: byId,
    reply: inboxSettingsReply,
    async handle({ params: { id } }) {
      const found = deps.inboxes.list().find((one) => one.id === id);
      if (!found) throw new WaslError('not-found', 'There is no such inbox.');
      return present(deps, found);
    },
  });

const values = z
  .record(
    z.string().max(100),
    z
      .string()
      .max(10_000)
      .refine((text) => text.isWellFormed(), 'not well-formed Unicode')
      .nullable(),
  )
  .meta({ description: 'Settings by name; null takes one away. Those that are not named stay as they are.' });

const changeable = { departmentId: opaqueId.nullable().optional(), enabled: z.boolean().optional() };

function requireDepartment({ organisation }: HttpDeps, wanted: string | null | undefined): void {
  if (wanted === undefined || wanted === null) return;
  if (organisation().departments.some(({ id }) => id === wanted)) return;
  const faults = [{ path: 'body.departmentId', message: 'There is no such department.' }];
  throw new WaslError('invalid', 'body.departmentId: there is no such department.', { details: { faults } });
}

const add = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/inboxes',
    summary: 'Set up an inbox; it is opened at once',
    tag: 'Inboxes',
    access: 'inboxes.change',
    body: z.strictObject({ channel: z.string().max(100), name: words(100), values, ...changeable }),
    status: 201,
    reply: inboxSettingsReply,
    async handle({ body: { channel, ...facts }, by }) {
      requireDepartment(deps, facts.departmentId);
      const inbox = await deps.inboxes.add(channel, facts);
      await note(deps, by, 'inbox.created', { subject: inbox.id, fields: Object.keys(facts.values) });
      return present(deps, inbox);
    },
  });

const change = (deps: HttpDeps) =>
  route({
    method: 'patch',
    path: '/inboxes/:id',
    summary: 'Change an inbox, or switch it off or on; it is opened anew',
    tag: 'Inboxes',
    access: 'inboxes.change',
    params: byId,
    body: z.strictObject({ version, name: words(100).optional(), values: values.optional(), ...changeable }),
    reply: inboxSettingsReply,
    async handle({ params: { id }, body: { version: expect, ...asked }, by }) {
      requireDepartment(deps, asked.departmentId);
      const changed = await withCurrent(deps.inboxes.change(id, expect, asked), (inbox) => present(deps, inbox));
      const { values: settings = {}, ...facts } = asked;
      await note(deps, by, 'inbox.changed', { subject: id, fields: [...Object.keys(facts), ...Object.keys(settings)] });
      return changed;
    },
  });

const remove = (deps: HttpDeps) =>
  silentRoute({
    method: 'delete',
    path: '/inboxes/:id',
    summary: 'Remove an inbox; its conversations stay to be read',
    tag: 'Inboxes',
    access: 'inboxes.change',
    params: byId,
    async handle({ params: { id }, by }) {
      await deps.inboxes.remove(id);
      await note(deps, by, 'inbox.removed', { subject: id });
    },
  });

/** The accounts of the channels: how they are, and for administrators what they are set up with. */
export const inboxRoutes = (deps: HttpDeps): AnyRoute[] => [
  list(deps),
  kinds(deps),
  show(deps),
  add(deps),
  change(deps),
  remove(deps),
];
