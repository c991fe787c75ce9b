import cluster, { type Worker } from 'node:cluster';
import { type PeersWord, readyWord } from './words.ts';

export interface Beginning {
  /** How many processes. */
  count: number;
  /** The file that each runs. */
  exec: string;
  say(line: string): void;
}

/** The processes of this machine, begun anew where one dies. */
export interface Processes {
  /** Asks all to stop; resolves with the exit code to end with. */
  stop(): Promise<number>;
  /** Resolves, with the exit code, where they ended without being asked. */
  readonly ended: Promise<number>;
}

/** A process that dies is begun anew after a moment, longer each time as long as none of them serves. */
const againAfterMs = { first: 500, most: 10_000 };

interface Crew extends Beginning {
  /** Own ports of those that serve. */
  ports: Map<number, number>;
  failures: number;
  hasServed: boolean;
  stopping: boolean;
  end(code: number): void;
}

const workers = (): Worker[] => Object.values(cluster.workers ?? {}).filter((one) => one !== undefined);

function tellPeers({ ports }: Crew): void {
  const word: PeersWord = { wasl: 'peers', ports: [...ports.values()] };
  for (const worker of workers()) if (worker.isConnected()) worker.send(word);
}

function hear(crew: Crew, worker: Worker, word: unknown): void {
  const said = readyWord.safeParse(word);
  if (!said.success) return;
  crew.ports.set(worker.id, said.data.port);
  crew.failures = 0;
  tellPeers(crew);
  if (crew.hasServed || crew.ports.size < crew.count) return;
  crew.hasServed = true;
  crew.say(`All ${crew.count} processes serve`);
}

function lost(crew: Crew, worker: Worker, how: string): void {
  crew.ports.delete(worker.id);
  if (crew.stopping) return;
  // it has said itself what is wrong, and would say it again
  if (crew.ports.size === 0 && !crew.hasServed && worker.process.exitCode === 1) {
    crew.stopping = true;
    for (const other of workers()) other.process.kill('SIGTERM');
    crew.end(1);
    return;
  }
  tellPeers(crew);
  const wait = Math.min(againAfterMs.first * 2 ** crew.failures, againAfterMs.most);
  crew.failures += 1;
  crew.say(`Process ${worker.process.pid} ended (${how}); another is begun`);
  setTimeout(() => !crew.stopping && cluster.fork(), wait);
}

/** Begins so many processes that answer at one port, and keeps their number. */
export function beginProcesses(beginning: Beginning): Processes {
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const crew: Crew = { ...beginning, ports: new Map(), failures: 0, hasServed: false, stopping: false, end };
  cluster.setupPrimary({ exec: beginning.exec, args: [] });
  cluster.on('message', (worker, word) => hear(crew, worker, word));
  cluster.on('exit', (worker, code, signal) => lost(crew, worker, signal ?? `exit code ${code}`));
  for (let one = 0; one < beginning.count; one++) cluster.fork();
  return {
    ended,
    async stop() {
      crew.stopping = true;
      const codes = workers().map(
        (worker) =>
          new Promise<number>((resolve) => {
            worker.once('exit', (code: number | null) => resolve(code ?? 1));
            worker.process.kill('SIGTERM');
          }),
      );
      return (await Promise.all(codes)).some((code) => code !== 0) ? 1 : 0;
    },
  };
}
