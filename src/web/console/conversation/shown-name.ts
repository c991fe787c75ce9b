import { isolate } from '../../ui/isolate.ts';

/**
 * A name as it is shown: a handle in it, as in `Sara (@sara_q)`, keeps its own order, so that its sign stays before it in
 * Arabic too.
 */
export const shownName = (name: string): string => name.replaceAll(/(?<![\w.])@\w+/g, isolate);
