import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { WaslError } from '../../errors.ts';
import { approvedTemplate, approvedTemplates } from '../../inbox/approved-templates.ts';
import { noticeKey } from '../../inbox/notices.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf, version } from '../fields.ts';
import { changeOr409, findPage } from '../find-page.ts';
import { type AnyRoute, route } from '../route.ts';

const templateReply = approvedTemplate.meta({ id: 'ApprovedTemplate' });

const requireInbox = ({ inboxes }: HttpDeps, id: string): void => {
  if (!inboxes.list().some((one) => one.id === id)) throw new WaslError('not-found', 'There is no such inbox.');
};

const list = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/inboxes/:id/templates',
    summary: 'The templates of an inbox as they last were at the provider',
    tag: 'Inboxes',
    access: 'conversations.read',
    params: byId,
    query: z.strictObject(pageFields),
    reply: pageOf(templateReply),
    async handle({ params: { id }, query }) {
      requireInbox(deps, id);
      return findPage(deps.store, approvedTemplates, { index: 'by-inbox', where: { inboxId: id }, ...query });
    },
  });

const sync = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/inboxes/:id/templates/sync',
    summary: 'Ask the provider for its templates now',
    tag: 'Inboxes',
    access: 'inboxes.change',
    params: byId,
    reply: z.object({ templates: z.number() }),
    async handle({ params: { id } }) {
      requireInbox(deps, id);
      return { templates: await deps.flow.syncTemplates(id) };
    },
  });

const map = (deps: HttpDeps) =>
  route({
    method: 'patch',
    path: '/inboxes/:id/templates/:templateId',
    summary: 'Say which notice a template is the approved form of',
    tag: 'Inboxes',
    access: 'inboxes.change',
    params: z.strictObject({ id: opaqueId, templateId: opaqueId }),
    body: z.strictObject({ version: version.optional(), notice: noticeKey.nullable() }),
    reply: templateReply,
    async handle({ params, body, by }) {
      const found = await deps.store.get(approvedTemplates, params.templateId);
      if (found?.inboxId !== params.id) throw new WaslError('not-found', 'There is no such template in this inbox.');
      const { notice } = body;
      const change = { in: approvedTemplates, id: found.id, expect: body.version ?? found.version, set: { notice } };
      const changed = await changeOr409(deps.store, change, (one) => one);
      await note(deps, by, 'inbox.changed', { subject: params.id, fields: ['templates'] });
      return changed;
    },
  });

/** Templates that a provider has approved, for what is written outside the reply window. */
export const templateRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), sync(deps), map(deps)];
