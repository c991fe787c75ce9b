import { join } from 'node:path';
import express, { type Express, type Response } from 'express';
import type { Cast } from './cast.ts';
import type { News, Place, Stage } from './place.ts';

/** The page of a rehearsal. `setConnected` says whether Wasl can be reached. */
export interface Page {
  setConnected(is: boolean): void;
  close(): void;
}

interface Parts {
  cast: Cast;
  stage: Stage;
  places: readonly Place[];
  /** What there is to say of Wasl itself. */
  health?(): News[];
}

/** Puts the page with these places into an application. */
export function addPage(app: Express, { cast, stage, places, health = () => [] }: Parts): Page {
  let isConnected = false;
  const everybody = (): News => ({
    place: null,
    kind: 'cast',
    isConnected,
    places: places.map(({ name }) => name),
    people: cast.all(),
  });

  cast.watch(() => {
    stage.tell(everybody());
    for (const place of places) place.refresh();
  });
  app.get('/', (_request, response) => response.sendFile(join(import.meta.dirname, 'page/index.html')));
  app.get('/events', (_request, response: Response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    stage.show(response, [everybody(), ...places.flatMap((place) => place.news()), ...health()]);
  });
  app.post('/people', (_request, response) => {
    response.status(201).json({ phone: cast.add().phone });
  });
  app.use('/page', express.static(join(import.meta.dirname, 'page')));
  for (const place of places) app.use(`/${place.name}`, place.router);
  return {
    setConnected(is) {
      isConnected = is;
      stage.tell(everybody());
    },
    close() {
      for (const place of places) place.close();
      stage.close();
    },
  };
}
