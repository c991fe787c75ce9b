import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { WaslError } from '../errors.ts';
import { crossOrigin } from './cross-origin.ts';
import type { HttpDeps } from './deps.ts';
import { mountOutside } from './mount-outside.ts';
import { languageOf } from './page-language.ts';
import { allowStyleNonce } from './security-headers.ts';

type Deps = Pick<HttpDeps, 'config' | 'pages' | 'organisation' | 'flow' | 'store' | 'ids' | 'clock' | 'peers' | 'log'>;

const hashed = /[.-][A-Za-z0-9_-]{8,}\.\w+$/;
const immutable = 'public, max-age=31536000, immutable';

/** Files by folder: those with a hash in their name for a year, the others checked anew each time. */
const files = (directory: string): RequestHandler =>
  express.static(directory, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', hashed.test(path) ? immutable : 'no-cache');
    },
  });

const sendWidget =
  (directory: string): RequestHandler =>
  (_request, response, next) => {
    response.set('Cache-Control', 'public, max-age=300');
    response.sendFile('widget.js', { root: join(directory, 'widget'), cacheControl: false }, (error) => {
      if (error && !response.headersSent) next(new WaslError('not-found', 'The widget has not been built.'));
    });
  };

/** The nonce placeholder that the console's page may carry for the style elements of its component kit. */
const noncePlaceholder = '__CSP_NONCE__';

const sendConsole =
  ({ config }: Deps): RequestHandler =>
  async (request, response) => {
    const page = await readFile(join(config.distDirectory, 'console', 'index.html'), 'utf8').catch(() => null);
    if (page === null) throw new WaslError('not-found', 'The console has not been built.');
    const nonce = randomBytes(16).toString('base64');
    await new Promise<void>((resolve, reject) => {
      allowStyleNonce(config.publicUrl, nonce)(request, response, (error?: unknown) =>
        error ? reject(error) : resolve(),
      );
    });
    response.set('Cache-Control', 'no-cache').type('html').send(page.replaceAll(noncePlaceholder, nonce));
  };

const sendContactPage =
  ({ pages, organisation }: Deps): RequestHandler =>
  (request, response) => {
    const language = languageOf(request, organisation().organisation.defaultLanguage);
    response.set({ 'Cache-Control': 'no-cache', 'Content-Language': language });
    response.vary('Accept-Language').type('html').send(pages.contact(language));
  };

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1b8354"/>' +
  '<path d="M8 11a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-5l-5 4v-4a3 3 0 0 1-3-3z" fill="#fff"/></svg>';

const sendIcon = (_request: Request, response: Response): void => {
  response.set('Cache-Control', 'public, max-age=86400').type('image/svg+xml').send(icon);
};

/** The pages and browser files: contact page, widget, console, assets. */
export function mountPages(app: Express, deps: Deps): void {
  const { distDirectory } = deps.config;
  const fromPages = crossOrigin(deps.config);
  app.get('/', sendContactPage(deps));
  mountOutside(app, deps);
  app.get(['/favicon.ico', '/favicon.svg'], sendIcon);
  app.get('/widget.js', fromPages, sendWidget(distDirectory));
  app.use('/widget', fromPages, files(join(distDirectory, 'widget')));
  app.use('/assets', fromPages, files(join(distDirectory, 'assets')));
  app.get('/console', (request, response, next) => {
    if (request.path.endsWith('/')) next();
    else response.redirect(308, '/console/');
  });
  app.use('/console', files(join(distDirectory, 'console')));
  app.get('/console/*rest', sendConsole(deps));
  app.get('/console/', sendConsole(deps));
}
