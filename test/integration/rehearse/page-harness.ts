import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { onTestFinished } from 'vitest';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { type Cast, createCast } from '../../rehearse/cast.ts';
import { addPage } from '../../rehearse/page.ts';
import { createStage, type News, type Place, type Stage } from '../../rehearse/place.ts';

export const sara = '966500000101';
export const khalid = '966500000102';

/** The page's news, read as a browser does: whatever came so far. */
const readNews = async (url: string): Promise<News[]> => {
  const cut = new AbortController();
  onTestFinished(() => cut.abort());
  const answer = await fetch(url, { signal: cut.signal });
  const news: News[] = [];
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const part of answer.body ?? []) {
      const events = (rest + new TextDecoder().decode(part)).split('\n\n');
      rest = events.pop() ?? '';
      news.push(...events.map((event) => JSON.parse(event.slice('data: '.length)) as News));
    }
  };
  read().catch(() => {});
  return news;
};

/** A page with one place, watched as a browser watches it; all of it ends with the test. */
export async function openPage<Made extends Place>(
  make: (parts: { cast: Cast; stage: Stage; clock: FakeClock }) => Made,
  clock: FakeClock = createFakeClock('2026-11-22T08:00:00Z'),
) {
  const [cast, stage] = [createCast(), createStage()];
  const place = make({ cast, stage, clock });
  const app = express();
  const page = addPage(app, { cast, stage, places: [place] });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    page.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const news = await readNews(`${origin}/events`);
  const post = async (path: string, body: unknown, phone = sara): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const url = `${origin}/${place.name}/${phone}/${path}`;
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };
  const ofKind = (kind: string): News[] => news.filter((one) => one.kind === kind);
  return {
    origin,
    cast,
    place,
    news,
    post,
    ofKind,
    /** The newest state of each thing that is told of under this field, by its id. */
    newest: <One extends { id: string }>(kind: string, field: string): One[] => [
      ...new Map(ofKind(kind).map((one) => [(one[field] as One).id, one[field] as One])).values(),
    ],
    clock,
    troubles: () => ofKind('trouble').map(({ by, status, detail }) => ({ by, status, detail })),
  };
}
