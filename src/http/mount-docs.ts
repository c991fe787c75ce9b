import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Router } from 'express';
import type { HttpConfig } from './deps.ts';
import { openApiDocument } from './openapi.ts';
import type { AnyRoute } from './route.ts';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Wasl API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
`;

const swaggerFiles = (): string => dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** `/api/v1/openapi.json` and the page `/api/docs` that reads it; every file of it comes from this server. */
export function mountDocs(api: Router, routes: readonly AnyRoute[], base: string, config: HttpConfig): void {
  const origin = new URL(config.publicUrl).origin;
  let document: unknown;
  api.get('/v1/openapi.json', (_request, response) => {
    document ??= openApiDocument(routes, base, { version: config.version, url: origin });
    response.set('Cache-Control', 'no-cache').json(document);
  });
  api.get('/docs', (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('html').send(page);
  });
  api.get('/docs/start.js', (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('text/javascript').send(start);
  });
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    api.get(`/docs/${file}`, (_request, response) => response.sendFile(file, { root: swaggerFiles(), maxAge: '1d' }));
  }
}
