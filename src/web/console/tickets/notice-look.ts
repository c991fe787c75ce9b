import type { Notice } from '../api/shapes.ts';

/** How a notice is shown: `queued` where it is on its way and its last message has not left yet. */
export type NoticeLook = Notice['state'] | 'queued';

const unsent: ReadonlySet<string | null | undefined> = new Set(['queued', 'sending']);

/** What came of a notice, by its own state and by how far its last message is. */
export const noticeLook = ({ state, tried }: Pick<Notice, 'state' | 'tried'>): NoticeLook =>
  state === 'told' && unsent.has(tried.at(-1)?.status) ? 'queued' : state;
