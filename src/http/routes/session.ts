import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { type Permission, permissions } from '../../agent/roles.ts';
import { csrfToken, endSession, findSession } from '../../agent/session.ts';
import { signIn } from '../../agent/sign-in.ts';
import { WaslError } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import { time } from '../fields.ts';
import { agentReply, presentAgent } from '../present/agent.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';
import { dropSession, keepSession } from '../session-cookie.ts';

const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]];

const sessionReply = z
  .object({
    agent: agentReply,
    /** What this agent's role may do, so that a console offers nothing else. */
    permissions: z.array(z.enum(permissionNames)),
    csrfToken: z.string(),
    expiresAt: time,
  })
  .meta({ id: 'Session' });

const permissionsOf = (role: z.infer<typeof agentReply>['role']): Permission[] =>
  permissionNames.filter((name) => (permissions[name] as readonly string[]).includes(role));

const begin = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/session',
    summary: 'Sign in; the session cookie is set',
    tag: 'Session',
    access: 'public',
    idempotent: false,
    body: z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) }),
    reply: sessionReply,
    async handle({ body, address, header }) {
      const { rateLimits, publicUrl } = deps.config;
      const { agent, token, expiresAt } = await signIn({ ...deps, rateLimits }, { ...body, address });
      header('Set-Cookie', keepSession(token, publicUrl));
      return {
        agent: presentAgent(agent),
        permissions: permissionsOf(agent.role),
        csrfToken: csrfToken(token),
        expiresAt,
      };
    },
  });

const show = (deps: HttpDeps) =>
  route({
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, and the CSRF token of the session',
    tag: 'Session',
    access: 'signed-in',
    reply: sessionReply,
    async handle({ sessionToken, header }) {
      const found = sessionToken ? await findSession(deps, sessionToken) : null;
      if (!sessionToken || !found) throw new WaslError('not-found', 'A bearer token has no session.');
      header('Set-Cookie', keepSession(sessionToken, deps.config.publicUrl));
      return {
        agent: presentAgent(found.agent),
        permissions: permissionsOf(found.agent.role),
        csrfToken: csrfToken(sessionToken),
        expiresAt: found.expiresAt,
      };
    },
  });

const end = (deps: HttpDeps) =>
  silentRoute({
    method: 'delete',
    path: '/session',
    summary: 'Sign out',
    tag: 'Session',
    access: 'signed-in',
    async handle({ sessionToken, by, header }) {
      if (!sessionToken) throw new WaslError('not-found', 'A bearer token has no session.');
      await endSession(deps.store, sessionToken);
      await note(deps, by, 'session.ended', { subject: by.id });
      header('Set-Cookie', dropSession(deps.config.publicUrl));
    },
  });

/** Signing in and out. */
export const sessionRoutes = (deps: HttpDeps): AnyRoute[] => [begin(deps), show(deps), end(deps)];
