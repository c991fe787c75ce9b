import { parseArgs } from 'node:util';
import { collections } from './collections.ts';
import { moveStore } from './store/move/move.ts';
import { isAddress, openSide } from './store/move/open-side.ts';
import { type AnyCollection, StoreError } from './store/port.ts';

const usage = `Use, while Wasl is stopped:
  npm run migrate-store -- --to mongodb://host/name                      from DATA_DIR
  npm run migrate-store -- --from mongodb://host/name --to <directory>   back
MONGODB_URL stands in for the address where one of the two is left out and the other is a directory.`;

/** What processes keep of each other while they live, which means nothing in another place. */
const ofProcesses: readonly string[] = ['inboxStates', 'leases', 'members', 'signals'];

/** All that a move takes along. */
export const movedCollections: readonly AnyCollection[] = collections.filter(({ name }) => !ofProcesses.includes(name));

interface Settings {
  DATA_DIR: string;
  MONGODB_URL?: string | undefined;
}

interface Given {
  from?: string | undefined;
  to?: string | undefined;
}

const refuse = (): never => {
  throw new StoreError('failed', usage);
};

function read(words: readonly string[]): Given {
  try {
    return parseArgs({ args: [...words], options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch {
    return refuse();
  }
}

/** The two places that the words of a command name, with what the settings give where one is left out. */
export function placesOf(words: readonly string[], settings: Settings): { from: string; to: string } {
  const { from, to } = read(words);
  const counterpart = (place: string): string =>
    isAddress(place) ? settings.DATA_DIR : (settings.MONGODB_URL ?? refuse());
  if (from && to) return { from, to };
  if (to) return { from: counterpart(to), to };
  if (from && !isAddress(from)) return { from, to: counterpart(from) };
  return refuse();
}

const afterwards = (to: string): string => {
  const start = isAddress(to) ? 'Start Wasl with MONGODB_URL set to the new place' : `Start Wasl with DATA_DIR=${to}`;
  return [
    `Done: everything is the same on both sides. ${start}${isAddress(to) ? '.' : ' and without MONGODB_URL.'}`,
    'The key under which secrets are encrypted does not lie in the store: give the file encryption.key of the former',
    'DATA_DIR, or the same ENCRYPTION_KEY, to every process; and keep the folder inboxes beside it (signed-in sessions).',
  ].join('\n');
};

/**
 * The command that copies the whole store from one place to another, for processes that are stopped. Writes its progress
 * by `say`; run again after it was cut off, it goes on.
 * @throws StoreError with a sentence that says what to do.
 */
export async function moveCommand(
  settings: Settings,
  words: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const places = placesOf(words, settings);
  const common = { collections: movedCollections, now: Date.now };
  const from = await openSide(places.from, { ...common, role: 'source' });
  try {
    const to = await openSide(places.to, { ...common, role: 'target' });
    try {
      await moveStore({ ...common, from, to, tell: say });
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  say(afterwards(places.to));
}
