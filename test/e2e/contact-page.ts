import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Language } from '../../src/language/language.ts';
import { loadOrganisation } from '../../src/organisation/load.ts';
import { readContactAssets } from '../../src/web/contact/contact-assets.ts';
import type { ContactView } from '../../src/web/contact/contact-view.ts';
import { describeHours } from '../../src/web/contact/describe-hours.ts';
import { renderContactPage } from '../../src/web/contact/render.ts';

const project = resolve(import.meta.dirname, '../..');

const readTexts = (language: Language): Record<string, string> =>
  parse(readFileSync(join(project, `templates/contact-page.${language}.yaml`), 'utf8')) as Record<string, string>;

/** The view of the organisation that the project ships, at `now` (ms). */
export async function aContactView(language: Language, now: number): Promise<ContactView> {
  const { organisation, services, calendars } = await loadOrganisation(join(project, 'knowledge-base/organisation'));
  const calendar = calendars.find((one) => one.id === organisation.calendarId);
  if (!calendar) throw new Error('the shipped organisation has no calendar');
  const texts = readTexts(language);
  return {
    language,
    organisation,
    services,
    texts,
    hours: describeHours(calendar, language, now, texts),
    assets: readContactAssets(join(project, 'dist')),
    widgetSrc: '/widget.js',
    alternateUrl: `?lang=${language === 'ar' ? 'en' : 'ar'}`,
  };
}

/** Serves the contact page in front of a chat server, under one origin and the policy of the real one. */
export async function serveContactPage(chat: string, now: number): Promise<{ url: string; close(): Promise<unknown> }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://contact.example');
    if (url.pathname === '/') {
      const view = await aContactView(url.searchParams.get('lang') === 'en' ? 'en' : 'ar', now);
      const policy = "default-src 'self'; connect-src 'self' ws:; img-src 'self' blob: data:";
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      response.end(renderContactPage(view));
      return;
    }
    const answer = await fetch(chat + request.url);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, close: () => new Promise((done) => server.close(done)) };
}
