import { once } from 'node:events';
import { lackOf, type ServerName, startMongoServer } from './mongo-server.ts';

/** Builds and starts one of the servers until Ctrl-C: node test/servers/run.ts ferretdb */
const known: readonly string[] = ['ferretdb', 'mongo-java-server', 'mongo-java-server-h2'] satisfies ServerName[];
const isServer = (name: string): name is ServerName => known.includes(name);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [name = ''] = process.argv.slice(2);
if (!isServer(name)) {
  say(`Use: node test/servers/run.ts ${known.join(' | ')}`);
  process.exitCode = 1;
} else {
  const lack = await lackOf(name);
  if (lack) {
    say(lack);
    process.exitCode = 1;
  } else {
    const server = await startMongoServer(name);
    say(`MONGODB_URL=${server.url}`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await server.remove();
  }
}
