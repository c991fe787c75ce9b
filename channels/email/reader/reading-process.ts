import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Question, Reply } from './exchange.ts';

/** A process that reads mails. */
export interface ReadingProcess {
  pid: number | undefined;
  send(question: Question): void;
  /** Ends it at once; `ended` is not called any more. */
  kill(): void;
}

interface Watch {
  replied(reply: Reply): void;
  /** It ended by itself, or was ended by somebody else. */
  ended(how: string): void;
}

const program = fileURLToPath(new URL('./child.ts', import.meta.url));

/** It may read files (its own program) and write to the spool; no network, no further processes, little memory. */
const confined = (spool: string): string[] => [
  '--max-old-space-size=256',
  '--max-semi-space-size=8',
  '--permission',
  '--allow-fs-read=*',
  `--allow-fs-write=${spool}`,
  '--disable-warning=ExperimentalWarning',
];

const begin = (spool: string): ChildProcess =>
  fork(program, [], {
    serialization: 'advanced',
    execArgv: confined(spool),
    // No secret of the gateway goes into a process that reads strangers' mails.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

/** Starts a process for the mails of one reader; it reports `ready` once it has the terms. */
export function startReading(terms: Extract<Question, { kind: 'terms' }>, watch: Watch): ReadingProcess {
  const child = begin(terms.spool);
  let over = false;
  const end = (how: string) => {
    if (over) return;
    over = true;
    watch.ended(how);
  };
  child.on('message', (reply: Reply) => {
    if (!over) watch.replied(reply);
  });
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(signal ?? `exit ${code}`));
  const send = (question: Question): void => {
    // A closed channel is told by the exit that follows.
    if (child.connected) child.send(question, () => undefined);
  };
  send(terms);
  return {
    pid: child.pid,
    send,
    kill: () => {
      over = true;
      child.kill('SIGKILL');
    },
  };
}
