import type { Response, Router } from 'express';

export type PlaceName = 'whatsapp' | 'x' | 'sms';

/** What a page hears. Each place has kinds of its own; `place` null is about the whole rehearsal. */
export interface News {
  place: PlaceName | null;
  kind: string;
  [field: string]: unknown;
}

/** One of the places of the page where people write and read. */
export interface Place {
  name: PlaceName;
  /** Stands below `/<name>`. */
  router: Router;
  /** Everything so far, for a page that has just come. */
  news(): News[];
  /** The people have changed. */
  refresh(): void;
  close(): void;
}

/** Something went wrong, to be said in plain words by the page. */
export interface Trouble {
  /** Who refused whom: Wasl a post, the simulator a request of Wasl's, or a request of the page. */
  by: 'wasl' | 'provider' | 'page';
  /** An HTTP status; 0: no answer. */
  status: number;
  /** The provider's own code or words, where there are any. */
  detail?: string;
}

export type Tell = (news: News) => void;

/** The pages that watch. */
export interface Stage {
  tell: Tell;
  trouble(place: PlaceName, trouble: Trouble): void;
  /** Gives a page what it missed, then the news. */
  show(page: Response, sofar: readonly News[]): void;
  close(): void;
}

const eventOf = (news: News): string => `data: ${JSON.stringify(news)}\n\n`;

/** What came before it is history. */
const live: News = { place: null, kind: 'live' };

export function createStage(): Stage {
  const pages = new Set<Response>();
  const tell: Tell = (news) => {
    for (const page of pages) page.write(eventOf(news));
  };
  return {
    tell,
    trouble: (place, trouble) => tell({ place, kind: 'trouble', ...trouble }),
    show(page, sofar) {
      pages.add(page);
      page.on('close', () => pages.delete(page));
      for (const news of [...sofar, live]) page.write(eventOf(news));
    },
    close() {
      for (const page of pages) page.end();
    },
  };
}
