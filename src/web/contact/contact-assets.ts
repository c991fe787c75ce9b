import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ContactAssets } from './contact-view.ts';

const list = z.object({ style: z.string(), outside: z.string(), icon: z.string(), fonts: z.array(z.string()) });

/** The addresses of the built files, from the list that the build leaves in `dist/assets`. Throws where nothing was built. */
export function readContactAssets(distDirectory: string): ContactAssets & { outside: string } {
  const built = list.parse(JSON.parse(readFileSync(join(distDirectory, 'assets/assets.json'), 'utf8')));
  return { ...built, fonts: built.fonts.filter((url) => url.includes('arabic-')) };
}
