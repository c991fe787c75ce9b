import type { Language } from './protocol.ts';

/** What a page may ask of the widget: `Wasl('open')`, `Wasl('close')`, `Wasl('toggle')`, `Wasl('language', 'en')`, `Wasl('on', name, run)`. */
export interface Commands {
  open(): void;
  close(): void;
  toggle(): void;
  language(language: Language): void;
  /** `open`, `close`, or `unread` (called with the count). Gives a function that ends it. */
  on(name: PageEvent, run: (value?: number) => void): () => void;
}

export type PageEvent = 'open' | 'close' | 'unread';

type Call = ArrayLike<unknown>;
type PageFunction = ((...call: unknown[]) => unknown) & { q?: Call[]; loaded?: boolean };

declare global {
  interface Window {
    Wasl?: PageFunction;
  }
}

const languages: readonly unknown[] = ['ar', 'en'];
const events: readonly unknown[] = ['open', 'close', 'unread'];

function run(commands: Commands, [name, first, second]: readonly unknown[]): unknown {
  if (name === 'open' || name === 'close' || name === 'toggle') return commands[name]();
  if (name === 'language' && languages.includes(first)) return commands.language(first as Language);
  if (name === 'on' && events.includes(first) && typeof second === 'function') {
    return commands.on(first as PageEvent, second as (value?: number) => void);
  }
  return console.warn(`Wasl: there is no command ${JSON.stringify(name)} with these arguments.`);
}

/** Whether a second script tag of the widget has been put into the page. */
export const isLoaded = (page: Window): boolean => page.Wasl?.loaded === true;

/** Puts `window.Wasl` in place and does what the page has asked for before (`Wasl.q`), in order. */
export function installApi(page: Window, commands: Commands): void {
  const waiting = page.Wasl?.q ?? [];
  const call: PageFunction = (...asked) => run(commands, asked);
  call.loaded = true;
  page.Wasl = call;
  for (const asked of Array.from(waiting)) run(commands, Array.from(asked));
}

/** Marks the page as served before the widget is ready; calls made meanwhile are kept. */
export function claimPage(page: Window): void {
  const waiting = page.Wasl?.q ?? [];
  const keep: PageFunction = (...asked) => waiting.push(asked);
  keep.q = waiting;
  keep.loaded = true;
  page.Wasl = keep;
}
