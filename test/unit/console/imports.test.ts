import { describe, expect, it } from 'vitest';
import { sourceTree } from '../../source-tree.ts';

const ofConsole = sourceTree.filter(
  ({ path }) => path.startsWith('src/web/console/') || path.startsWith('src/web/ui/'),
);

/** The preview of an answer is made by the code that makes the answer, so that the two cannot differ. It is loaded when looked at. */
const shared = ['src/web/console/knowledge/body-preview.tsx loads src/knowledge/markdown.ts'];

describe('the code of the console', () => {
  it('takes types alone from the server, so that nothing of it reaches the browser', () => {
    expect(ofConsole.length).toBeGreaterThan(50);
    const loaded = ofConsole.flatMap(({ path, imports }) =>
      imports
        .filter(({ to, typeOnly }) => !typeOnly && to.startsWith('src/') && !to.startsWith('src/web/'))
        .map(({ to }) => `${path} loads ${to}`),
    );
    expect(loaded).toEqual(shared);
  });
});
