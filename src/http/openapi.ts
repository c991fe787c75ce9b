import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { permissions } from '../agent/roles.ts';
import { errorStatus } from '../errors.ts';
import type { AnyRoute } from './route.ts';

const errorCodes = Object.keys(errorStatus) as [keyof typeof errorStatus, ...(keyof typeof errorStatus)[]];
const errorReply = z
  .object({
    error: z.object({
      code: z.enum(errorCodes),
      message: z.string(),
      details: z.unknown().optional(),
    }),
  })
  .meta({ id: 'Error' });

const uploadBody = { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] };

function bodyOf(route: AnyRoute) {
  if (route.upload) return { required: true, content: { 'multipart/form-data': { schema: uploadBody as never } } };
  return route.body && { required: true, content: { 'application/json': { schema: route.body } } };
}

function successOf(route: AnyRoute): RouteConfig['responses'] {
  if (!route.reply) return { 204: { description: 'Done.' } };
  if (route.reply === 'file') {
    const schema = { type: 'string', format: 'binary' } as const;
    return { 200: { description: 'The file.', content: { 'application/octet-stream': { schema } } } };
  }
  if (route.reply === 'page') {
    return { 200: { description: 'The page.', content: { 'text/html': { schema: { type: 'string' } } } } };
  }
  const content = { 'application/json': { schema: route.reply } };
  return { [route.status ?? 200]: { description: 'Done.', content } };
}

function rolesOf({ access, details }: AnyRoute): string {
  const roles = access === 'public' ? 'Without sign-in.' : `Roles: ${permissions[access].join(', ')}.`;
  return details === undefined ? roles : `${details} ${roles}`;
}

const idempotencyKey = z.object({
  'Idempotency-Key': z.string().min(1).max(255).optional().meta({
    description: 'The same key gives the same answer for 24 hours; with another body it answers 409.',
  }),
});

function pathOf(route: AnyRoute, base: string): RouteConfig {
  const takesKey = route.method === 'post' && route.idempotent !== false;
  const body = bodyOf(route);
  return {
    method: route.method,
    path: base + route.path.replace(/:(\w+)/g, '{$1}'),
    summary: route.summary,
    description: rolesOf(route),
    tags: [route.tag],
    security: route.access === 'public' ? [] : [{ bearer: [] }, { session: [], csrf: [] }],
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(takesKey ? { headers: idempotencyKey } : {}),
      ...(body ? { body } : {}),
    },
    responses: {
      ...successOf(route),
      default: { description: 'An error.', content: { 'application/json': { schema: errorReply } } },
    },
  };
}

/** The OpenAPI 3.1 document of the declared routes, made from the same schemas that check their requests. */
export function openApiDocument(routes: readonly AnyRoute[], base: string, facts: { version: string; url: string }) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'wasl_session' });
  registry.registerComponent('securitySchemes', 'csrf', { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' });
  for (const route of routes) registry.registerPath(pathOf(route, base));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Wasl',
      version: facts.version,
      description: 'The API of Wasl: conversations, contacts, tickets and the knowledge bank of a customer-care unit.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: facts.url }],
  });
}
