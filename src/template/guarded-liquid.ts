import { Liquid, type LiquidOptions } from 'liquidjs';

/**
 * A text of Wasl has a few hundred characters and takes less than a millisecond. Beyond these limits (characters to read,
 * ms to render, characters and list items made) rendering throws, so that no edited text can hold up the process.
 */
const limits = { parseLimit: 20_000, renderLimit: 1_000, memoryLimit: 100_000 };

/** Tags that reach for other texts or files: a text stands by itself. */
const withoutTags = ['include', 'render', 'layout', 'block'];

/** A Liquid engine for texts that people edit: bounded, and without a way to the file system. */
export function guardedLiquid(options: LiquidOptions): Liquid {
  const engine = new Liquid({ ...limits, templates: {}, strictFilters: true, ...options });
  for (const name of withoutTags) delete engine.tags[name];
  return engine;
}
