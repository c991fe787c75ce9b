import { desk, phone } from './chat-page.ts';

const all = [
  ['ar', 'desk', desk],
  ['en', 'phone', phone],
  ['ar', 'phone', phone],
  ['en', 'desk', desk],
] as const;

/**
 * The languages and sizes in which a page is gone through. Each language and each size once is enough for every day; all four
 * (WASL_ALL_LOOKS=1) are for those who change what is seen.
 */
export const looks: readonly (typeof all)[number][] = process.env.WASL_ALL_LOOKS ? all : all.slice(0, 2);
