import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { agentRole } from '../../agent/roles.ts';
import { apiTokens, issueToken } from '../../agent/token.ts';
import { WaslError } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, pageFields, pageOf, words } from '../fields.ts';
import { findPage } from '../find-page.ts';
import { presentToken, tokenReply } from '../present/agent.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/tokens',
    summary: 'API tokens, without their values',
    tag: 'Tokens',
    access: 'tokens.change',
    query: z.strictObject(pageFields),
    reply: pageOf(tokenReply),
    async handle({ query }) {
      const page = await findPage(store, apiTokens, { index: 'by-created', order: 'desc', ...query });
      return { ...page, items: page.items.map(presentToken) };
    },
  });

const issue = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/tokens',
    summary: 'Issue a token; its value is shown this once',
    tag: 'Tokens',
    access: 'tokens.change',
    body: z.strictObject({
      name: words(100),
      role: agentRole.default('administrator'),
      expiresAt: z.iso.datetime({ precision: 3 }).optional(),
    }),
    status: 201,
    reply: tokenReply.extend({ token: z.string() }).meta({ id: 'NewToken' }),
    async handle({ body, by }) {
      const { token, ...issued } = await issueToken(deps, {
        ...body,
        expiresAt: body.expiresAt ?? null,
        createdBy: by.id,
      });
      await note(deps, by, 'token.issued', { subject: issued.id, fields: [body.role] });
      return { ...presentToken(issued), token };
    },
  });

const revoke = (deps: HttpDeps) =>
  silentRoute({
    method: 'delete',
    path: '/tokens/:id',
    summary: 'Revoke a token at once',
    tag: 'Tokens',
    access: 'tokens.change',
    params: byId,
    async handle({ params: { id }, by }) {
      const result = await deps.store.write([{ op: 'remove', in: apiTokens, id }]);
      if (!result.ok) throw new WaslError('not-found', 'There is no such token.');
      await note(deps, by, 'token.revoked', { subject: id });
    },
  });

/** Keys for programs. */
export const tokenRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), issue(deps), revoke(deps)];
