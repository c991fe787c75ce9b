import { type VitestUtils, vi } from 'vitest';

/**
 * How long a test waits for what must come, where it does not say so itself: on a busy machine a second, which is the
 * runner's own default, is over before a process has had its turn. A test that passes waits no longer for it.
 */
const timeout = 10_000;

const wait: VitestUtils['waitFor'] = vi.waitFor;
vi.waitFor = (look, options) => wait(look, typeof options === 'number' ? options : { timeout, ...options });
