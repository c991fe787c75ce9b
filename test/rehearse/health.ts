import { z } from 'zod';
import type { Clock } from '../../src/clock.ts';
import type { News, PlaceName, Stage } from './place.ts';

const everyMs = 3000;

const placeOf: Partial<Record<string, PlaceName>> = { 'whatsapp-cloud': 'whatsapp', x: 'x', sms: 'sms' };

const answer = z.object({
  inboxes: z.array(z.object({ channel: z.string(), state: z.string(), reason: z.string().nullable() })),
});

/** How Wasl itself says that its channels are. */
export interface Health {
  news(): News[];
  stop(): void;
}

/** Asks Wasl now and then, and tells the pages what has changed. Nothing changes while Wasl does not answer. */
export function watchHealth(waslOrigin: string, stage: Stage, clock: Clock): Health {
  const known = new Map<PlaceName, News>();
  const look = async (): Promise<void> => {
    const { inboxes } = answer.parse(await (await fetch(`${waslOrigin}/health`)).json());
    for (const { channel, state, reason } of inboxes) {
      const place = placeOf[channel];
      if (!place || known.get(place)?.reason === reason) continue;
      const news: News = { place, kind: 'health', state, reason };
      known.set(place, news);
      stage.tell(news);
    }
  };
  let cancel = (): void => {};
  let isOver = false;
  const again = (): void => {
    if (!isOver)
      cancel = clock.after(
        everyMs,
        () =>
          void look()
            .catch(() => {})
            .then(again),
      );
  };
  again();
  return {
    news: () => [...known.values()],
    stop() {
      isOver = true;
      cancel();
    },
  };
}
