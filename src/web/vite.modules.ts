import type { build, Rolldown } from 'vite';

/** The files that a finished build was made of. */
export const modulesOf = (results: Awaited<ReturnType<typeof build>>): string[] =>
  [results]
    .flat()
    .filter((result): result is Rolldown.RolldownOutput => 'output' in result)
    .flatMap((result) => result.output)
    .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
