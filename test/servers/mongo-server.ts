import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build, type Recipe } from './build.ts';

/** The servers there are. What each proves stands in the README beside this. */
export type ServerName = 'ferretdb' | 'mongo-java-server' | 'mongo-java-server-h2';

interface Program {
  recipe: Recipe;
  /** The command that starts it, for a port and a directory for its data. `made`: where what was built is. */
  start(made: string, port: number, directory: string): [command: string, ...words: string[]];
}

const java: Omit<Program, 'start'> = {
  recipe: {
    name: 'mongo-java-server',
    sources: ['pom.xml', 'Server.java'],
    needs: [
      { name: 'Java (17 or newer, with its compiler)', command: 'javac', arguments: ['-version'] },
      { name: 'Maven', command: 'mvn', arguments: ['-v'] },
    ],
    make: {
      command: 'mvn',
      arguments: [
        ...['-q', '-B', 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'],
        ...['-DoutputDirectory=lib', '-DincludeScope=runtime'],
      ],
    },
  },
};

const startJava = (made: string, ...words: string[]): [string, ...string[]] => [
  'java',
  ...['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(made, 'lib/*')],
  ...[join(made, 'Server.java'), ...words],
];

const programs: Record<ServerName, Program> = {
  ferretdb: {
    recipe: {
      name: 'ferretdb',
      sources: ['go.mod', 'go.sum', 'main.go'],
      needs: [{ name: 'Go', command: 'go', arguments: ['version'] }],
      make: {
        command: 'go',
        arguments: ['build', '-mod=readonly', '-tags', 'ferretdb_no_postgresql', '-o', 'ferretdb', '.'],
        env: { CGO_ENABLED: '0' },
      },
    },
    start: (made, port, directory) => [join(made, 'ferretdb'), `127.0.0.1:${port}`, directory],
  },
  'mongo-java-server': { ...java, start: (made, port) => startJava(made, String(port)) },
  'mongo-java-server-h2': {
    ...java,
    start: (made, port, directory) => startJava(made, String(port), join(directory, 'data.mv')),
  },
};

/** Makes the server's program, if that was not done yet; gives null, or the sentence that says why it cannot be had. */
export async function lackOf(name: ServerName): Promise<string | null> {
  const built = await build(programs[name].recipe);
  return built.directory === null ? built.reason : null;
}

/** A server in a process of its own. */
export interface MongoServer {
  port: number;
  /** Its address with a slash at the end, which a database's name may follow. */
  url: string;
  directory: string;
  /** Starts it again on its port and its data, after `stop` or `kill`; waits until it answers. */
  start(): Promise<void>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Holds it still: it stays connected and answers nothing. */
  pause(): void;
  resume(): void;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** A port of 127.0.0.1 that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(url: string): Promise<boolean> {
  const { mongo } = await import('mongoose');
  const options = { serverSelectionTimeoutMS: 500, connectTimeoutMS: 500, socketTimeoutMS: 2_000 };
  const client = new mongo.MongoClient(url, options);
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

const readyWithinMs = 60_000;

async function untilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  const since = performance.now();
  while (!(await answers(url))) {
    const isGone = child.exitCode !== null || child.signalCode !== null;
    if (!isGone && performance.now() - since < readyWithinMs) await wait(50);
    else
      throw new Error(`the server ${isGone ? 'ended' : 'does not answer'}: ${readFileSync(log, 'utf8').slice(-2_000)}`);
  }
}

/** Starts it. It ends with this process at the latest, for its standard input ends then. */
function launch([command, ...words]: [string, ...string[]], log: string): ChildProcess {
  const output = openSync(log, 'a');
  try {
    return spawn(command, words, { stdio: ['pipe', output, output] });
  } finally {
    closeSync(output);
  }
}

/**
 * Starts a server on a free port, with a data directory of its own; resolves when it answers.
 * @throws where it cannot be had (`lackOf` says why), or does not start.
 */
export async function startMongoServer(name: ServerName): Promise<MongoServer> {
  const program = programs[name];
  const built = await build(program.recipe);
  if (built.directory === null) throw new Error(built.reason);
  const directory = mkdtempSync(join(tmpdir(), `wasl-${name}-`));
  const port = await freePort();
  const url = `mongodb://127.0.0.1:${port}/`;
  const log = join(directory, 'server.log');
  const command = program.start(built.directory, port, directory);
  let child: ChildProcess | null = null;
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    // one that is held still hears nothing else
    ending.kill('SIGCONT');
    await gone;
  };
  const start = async (): Promise<void> => {
    await end('SIGTERM');
    child = launch(command, log);
    child.on('error', () => {});
    await untilReady(child, url, log);
  };
  const remove = async (): Promise<void> => {
    await end('SIGKILL');
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    port,
    url,
    directory,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    remove,
  };
}
