import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { contractCollections } from '../contract/store-contract.ts';

/** Opens a store with a migration during which the process is killed, after its first documents are changed. */
let changed = 0;
await openSqliteStore({
  directory: process.argv[2] ?? '',
  collections: contractCollections,
  migrations: [
    {
      version: 2,
      name: 'killed',
      change: {
        notes: (note) => {
          changed += 1;
          if (changed === 3) process.kill(process.pid, 'SIGKILL');
          return { ...note, topic: 'half' };
        },
      },
    },
  ],
});
