import { createHmac } from 'node:crypto';
import type { Server } from 'socket.io';
import type { HostDeps } from '../../src/channel/kind.ts';
import { systemClock } from '../../src/clock.ts';
import { createIds } from '../../src/ids.ts';

interface Given extends Partial<HostDeps> {
  /** Gets each line of the log, its fields with it. */
  lines?: string[];
  /** Gets the name of each event that is counted. */
  counted?: string[];
}

/** What the gateway hands to a channel, with the real clock and no socket server; a test gives what it is about. */
export function hostDeps({ lines = [], counted = [], ...own }: Given): HostDeps {
  const line = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`);
  return {
    io: null as unknown as Server,
    log: { debug: line, info: line, warn: line, error: line },
    clock: systemClock,
    ids: createIds(),
    text: (key) => key,
    publicView: async () => ({}),
    clientAddress: () => '127.0.0.1',
    directory: () => '',
    chromium: undefined,
    publicUrl: 'http://localhost',
    rateLimits: false,
    secret: (purpose) => createHmac('sha256', 'a secret of this installation').update(purpose).digest(),
    count: (event) => void counted.push(event),
    ...own,
  };
}
