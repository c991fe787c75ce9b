import type { Happening } from './happening.ts';
import type { RecordedRequest } from './serve.ts';
import type { Dm, Post } from './world.ts';

/** What happens at X, for whoever watches. */
export type SimulatorEvent =
  | { kind: 'happened'; happening: Happening }
  | { kind: 'posted'; post: Post }
  | { kind: 'sent'; dm: Dm };

/** What was asked, published and sent. */
export const createRecord = (keep: boolean, tell: (event: SimulatorEvent) => void) => {
  const requests: RecordedRequest[] = [];
  const posts: Post[] = [];
  const dms: Dm[] = [];
  const counted = { requests: 0, posts: 0, dms: 0 };
  return {
    lists: { requests, posts, dms, counted },
    asked(request: RecordedRequest): void {
      counted.requests += 1;
      if (keep) requests.push(request);
    },
    posted(post: Post): void {
      counted.posts += 1;
      if (keep) posts.push(post);
      tell({ kind: 'posted', post });
    },
    sent(dm: Dm): void {
      counted.dms += 1;
      if (keep) dms.push(dm);
      tell({ kind: 'sent', dm });
    },
  };
};
