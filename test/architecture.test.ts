import { globSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, root, type SourceFile, sourceTree } from './source-tree.ts';

const isWidget = (path: string): boolean => path.startsWith('channels/web-chat/widget/');
const isBrowser = (path: string): boolean => isWidget(path) || path.startsWith('src/web/');
const server = sourceTree.filter(({ path }) => !isBrowser(path));
const channelFolders = readdirSync(join(root, 'channels'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** The libraries of a channel's own: its SDK. */
const mailSdk = ['imapflow', 'mailparser', 'nodemailer', 'sanitize-html', 'iconv-lite', 'libmime'];
const sdks: Record<string, readonly string[]> = {
  'web-chat': ['socket.io', 'busboy', 'file-type'],
  email: [...mailSdk, 'file-type'],
  'whatsapp-web': ['whatsapp-web.js'],
  x: ['twitter-api-v2', 'twitter-text'],
};

/** A row of the table: files that begin so may import only what begins with one of these, and never these. */
interface Row {
  from: string;
  only?: readonly string[];
  typesOf?: readonly string[];
  never?: readonly string[];
}

const drivers = ['src/store/sqlite/', 'src/store/mongo/'];
const wiring = ['src/gateway.ts', 'src/main.ts', 'channels/'];
const outside = [...wiring, ...drivers, 'src/flow/', 'src/http/', 'src/realtime/'];
const features = ['agent', 'calendar', 'contact', 'conversation', 'knowledge', 'language', 'message', 'organisation'];
const moreFeatures = [
  'casework',
  'incident',
  'notice',
  'question',
  'report',
  'referral',
  'semantic',
  'sla',
  'survey',
  'template',
  'ticket',
  'understanding',
];

/** Who may import whom. The direction is one: channels → contract ← flow → features → store port ← drivers. */
const table: readonly Row[] = [
  ...channelFolders.map((name) => ({
    from: `channels/${name}/`,
    only: [`channels/${name}/`, 'src/channel/', 'node:', 'zod', ...(sdks[name] ?? [])],
    typesOf: ['src/language/language.ts'],
  })),
  {
    from: 'src/channel/',
    only: ['src/channel/', 'zod', 'node:crypto'],
    typesOf: ['src/language/language.ts', 'node:', 'socket.io'],
  },
  ...[...features, ...moreFeatures].map((name) => ({ from: `src/${name}/`, never: outside })),
  { from: 'src/flow/', never: [...wiring, ...drivers, 'src/http/', 'src/realtime/', 'express', 'socket.io', 'node:'] },
  { from: 'src/flow/responders/', never: ['src/store/', 'zod', 'src/clock.ts', 'src/ids.ts', 'src/log.ts'] },
  { from: 'src/http/', never: [...wiring, ...drivers] },
  { from: 'src/realtime/', never: [...wiring, ...drivers] },
  { from: 'src/content/', never: [...wiring, ...drivers, 'src/http/', 'src/realtime/'] },
  { from: 'src/store/port.ts', only: [], typesOf: ['zod', 'node:stream'] },
  { from: 'src/store/sqlite/', only: ['src/store/', 'node:', 'zod', 'package.json'] },
  { from: 'src/store/mongo/', only: ['src/store/', 'node:', 'zod', 'package.json', 'mongoose'] },
  { from: 'src/cluster/', never: [...outside, 'src/inbox/', ...features.map((name) => `src/${name}/`)] },
  { from: 'channels/web-chat/widget/', only: ['channels/web-chat/widget/', 'preact', 'socket.io-client'] },
];

const begins = (to: string, prefixes: readonly string[] = []): boolean =>
  prefixes.some((prefix) => (/[/:]$/.test(prefix) ? to.startsWith(prefix) : to === prefix));

const allows = ({ only, typesOf, never }: Row, { to, typeOnly }: Import): boolean => {
  if (begins(to, never)) return false;
  return only === undefined || begins(to, only) || (typeOnly && begins(to, typesOf));
};

/** The rows of a file: the widget's own row stands for it alone, not that of the channel around it. */
const rowsFor = ({ path }: SourceFile): Row[] =>
  table.filter(({ from }) => path.startsWith(from) && (!isWidget(path) || isWidget(from)));

const faultsOf = (file: SourceFile): string[] =>
  rowsFor(file).flatMap((row) =>
    file.imports.filter((one) => !allows(row, one)).map(({ to }) => `${file.path} imports ${to}`),
  );

const runtime = (file: SourceFile): string[] => file.imports.filter(({ typeOnly }) => !typeOnly).map(({ to }) => to);

const byPath = new Map(sourceTree.map((file) => [file.path, file]));

/** Everything that loading a file loads, packages and node modules included. */
function reach(start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = byPath.get(path);
    for (const to of file ? runtime(file) : []) {
      if (seen.has(to)) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return seen;
}

/** Groups of nodes of which each reaches each other one (Tarjan's algorithm). */
function cycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) found.push(group.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

const graphOf = (files: readonly SourceFile[], nameOf: (path: string) => string): Map<string, Set<string>> => {
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const own = graph.get(nameOf(file.path)) ?? new Set();
    graph.set(nameOf(file.path), own);
    for (const to of runtime(file)) if (byPath.has(to) && nameOf(to) !== nameOf(file.path)) own.add(nameOf(to));
  }
  return graph;
};

describe('who may import whom', () => {
  it('keeps every row of the table', () => {
    expect(sourceTree.flatMap(faultsOf)).toEqual([]);
  });

  it('has no row that speaks of nothing', () => {
    expect(table.filter(({ from }) => !sourceTree.some(({ path }) => path.startsWith(from)))).toEqual([]);
  });

  it('lets no channel import another', () => {
    const across = sourceTree.flatMap(({ path, imports }) => {
      const own = /^channels\/([^/]+)\//.exec(path)?.[1];
      return imports
        .filter(({ to }) => own !== undefined && /^channels\/[^/]+\//.test(to) && !to.startsWith(`channels/${own}/`))
        .map(({ to }) => `${path} imports ${to}`);
    });
    expect(across).toEqual([]);
  });

  it('keeps what parses and describes a channel free of its connection', () => {
    const pure = sourceTree.filter(({ path }) =>
      /^channels\/[^/]+\/((parse|status|capabilities)|payload\/[a-z-]+)\.ts$/.test(path),
    );
    expect(pure.length).toBeGreaterThanOrEqual(2 * channelFolders.length);
    const allowed = /^(zod|channels\/[^/]+\/(capabilities|payload\/[a-z-]+)\.ts)$/;
    expect(pure.flatMap((file) => runtime(file).filter((to) => !allowed.test(to)))).toEqual([]);
  });

  it('lets only gateway.ts reach the optional help for the bank', () => {
    const users = sourceTree.filter(
      ({ path, imports }) =>
        !path.startsWith('src/semantic/') && imports.some(({ to }) => to.startsWith('src/semantic/')),
    );
    expect(users.map(({ path }) => path)).toEqual(['src/gateway.ts']);
  });

  it('lets only main.ts name the channels', () => {
    const core = sourceTree.filter(
      ({ path, imports }) => path.startsWith('src/') && imports.some(({ to }) => to.startsWith('channels/')),
    );
    const server = core.map(({ path }) => path).filter((path) => !isBrowser(path));
    expect(server).toEqual(['src/main.ts']);
  });

  it('gives responders nothing that reads, writes or waits, however far one follows their imports', () => {
    const responders = sourceTree.filter(({ path }) => path.startsWith('src/flow/responders/'));
    expect(responders.length).toBeGreaterThan(5);
    const impure = /^(src\/(store|http|realtime|live|log|ids|clock|main|gateway)|node:|express$|socket\.io)/;
    const reached = responders.flatMap(({ path }) =>
      [...reach(path)].filter((to) => impure.test(to)).map((to) => `${path} reaches ${to}`),
    );
    expect(reached).toEqual([]);
  });

  it('has no file that needs itself to load', () => {
    expect(cycles(graphOf(sourceTree, (path) => path))).toEqual([]);
  });

  it('has no parts that need each other, but for those whose reason is known', () => {
    expect(cycles(graphOf(server, partOf))).toEqual(knownCycles.map(({ parts }) => parts));
  });
});

/** A part of the program: a folder of `src/` with all that is in it, a channel, or one of the files that stand alone. */
const partOf = (path: string): string => path.split('/').slice(0, 2).join('/');

/** Parts that import each other, and why it is borne. An entry that is no longer true fails the test. */
const knownCycles: readonly { parts: string[]; why: string }[] = [];

/** One library, one door. Doors are prefixes of paths. */
const doors: Record<string, readonly string[]> = {
  'node:sqlite': ['src/store/sqlite/'],
  '@nlpjs/lang-ar': ['src/learning/deep-stem.ts'],
  '@nlpjs/lang-en': ['src/learning/deep-stem.ts'],
  express: ['src/http/'],
  multer: ['src/http/'],
  helmet: ['src/http/security-headers.ts'],
  cookie: ['src/http/session-cookie.ts'],
  '@asteasolutions/zod-to-openapi': ['src/http/openapi.ts'],
  'socket.io': [
    'src/gateway.ts',
    'src/channel/kind.ts',
    'src/cluster/socket-adapter.ts',
    'src/realtime/',
    'src/processes/',
    'channels/web-chat/',
  ],
  'socket.io-adapter': ['src/cluster/socket-adapter.ts'],
  mongoose: ['src/store/mongo/'],
  ioredis: ['src/cluster/'],
  'socket.io-client': ['channels/web-chat/widget/', 'src/web/'],
  'file-type': [
    'channels/web-chat/files.ts',
    'src/http/read-upload.ts',
    'src/message/file-facts.ts',
    'channels/email/reader/',
  ],
  imapflow: ['channels/email/mailbox/'],
  nodemailer: ['channels/email/letter/'],
  mailparser: ['channels/email/reader/'],
  'sanitize-html': ['channels/email/reader/'],
  'iconv-lite': ['channels/email/reader/'],
  busboy: ['channels/web-chat/files.ts'],
  'whatsapp-web.js': ['channels/whatsapp-web/library.ts'],
  'twitter-api-v2': ['channels/x/client.ts'],
  'twitter-text': ['channels/x/length.ts'],
  liquidjs: ['src/template/'],
  'markdown-it': ['src/knowledge/markdown.ts'],
  'libphonenumber-js': ['src/language/extract.ts', 'src/language/mobile.ts'],
  '@node-rs/argon2': ['src/agent/password.ts'],
  yaml: ['src/content/parse-yaml.ts'],
  pino: ['src/log.ts'],
  'prom-client': ['src/metrics.ts'],
  preact: ['channels/web-chat/widget/'],
  react: ['src/web/'],
  vite: ['src/web/'],
};

describe('one library, one door', () => {
  it.each(Object.entries(doors))('%s', (library, places) => {
    const users = sourceTree.filter(({ imports }) => imports.some(({ to }) => to === library)).map(({ path }) => path);
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((path) => !places.some((place) => path.startsWith(place)))).toEqual([]);
  });

  it('reads the environment where the process begins, and nowhere else', () => {
    const readers = sourceTree.filter(({ members }) => [...members].some((one) => one.startsWith('process.env')));
    expect(readers.map(({ path }) => path)).toEqual(['src/main.ts', 'src/processes/run.ts', 'src/store/backup-cli.ts']);
  });

  it('takes time and chance from outside, so that tests can hold them', () => {
    /** Where they come in: the clock, the ids, command-line tools, the stores' own defaults. */
    const tools = ['src/move-command.ts', 'src/store/backup-cli.ts'];
    const borders = ['src/clock.ts', 'src/ids.ts', ...tools, 'src/store/sqlite/open.ts', 'src/store/mongo/open.ts'];
    const sources = ['Date.now', 'Math.random'];
    const users = server.filter(({ members }) => sources.some((one) => members.has(one))).map(({ path }) => path);
    expect(users.filter((path) => !borders.includes(path))).toEqual([]);
  });
});

describe('the core', () => {
  /** A name of a format that text may have, not of a channel. */
  const allowed = ['src/channel/capabilities.ts: whatsapp'];

  it('cannot say the name of a channel', () => {
    // the word is also what a person's address and an agent's sign-in name are; as a channel it stands alone
    const folders = channelFolders.filter((name) => name !== 'email');
    const names = [...folders, 'whatsapp', 'telegram', 'twilio', 'unifonic', 'taqnyat', 'imap', 'smtp'];
    const core = server.filter(({ path }) => path.startsWith('src/') && path !== 'src/main.ts');
    // a letter is in many words
    const says = (text: string, name: string) =>
      name.length === 1 ? text.toLowerCase() === name : text.toLowerCase().includes(name);
    const said = core.flatMap(({ path, strings }) =>
      names.filter((name) => strings.some((text) => says(text, name))).map((name) => `${path}: ${name}`),
    );
    expect(said).toEqual(allowed);
  });

  it('keeps content free of code, and code free of content folders', () => {
    const content = ['knowledge-base', 'templates'].flatMap((folder) =>
      globSync(`${folder}/**/*.*`, { cwd: root }).map((path) => extname(path)),
    );
    expect([...new Set(content)].sort()).toEqual(['.liquid', '.md', '.txt', '.yaml']);
  });
});

describe('names', () => {
  it('calls nothing a manager, a util or a helper, and no part of the program a service', () => {
    const vague = /manager|utils?$|helpers?$|^util|^helper/i;
    const bad = sourceTree.flatMap(({ path, names }) =>
      names
        .filter(({ name, isType }) => vague.test(name) || (isType && /.Service$/.test(name)))
        .map(({ name }) => `${path}: ${name}`),
    );
    expect(bad).toEqual([]);
  });

  it('names files in kebab-case, after the one thing they are for', () => {
    const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/;
    const vague = /(^|-)(manager|utils?|helpers?|common|misc|base)\.tsx?$/;
    const bad = sourceTree
      .map(({ path }) => path)
      .filter((path) => !kebab.test(basename(path)) || vague.test(basename(path)));
    expect(bad).toEqual([]);
  });
});

/** Words of a screen in one language: as long as the screen has words, and nothing else. */
const isWords = ({ path, functions }: SourceFile): boolean =>
  /^src\/web\/console\/texts\/(ar|en)\.ts$/.test(path) && functions.length === 0;

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

describe('sizes', () => {
  const functions = sourceTree.flatMap(({ path, functions: all }) => all.map((one) => ({ ...one, path })));

  it('keeps files short: half of them under 120 lines, nine of ten under 250, none over 400', () => {
    const lines = sourceTree.map((file) => file.lines);
    expect(at(lines, 0.5)).toBeLessThanOrEqual(120);
    expect(at(lines, 0.9)).toBeLessThanOrEqual(250);
    const long = sourceTree.filter((file) => file.lines > 400 && !isWords(file)).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it('keeps functions short: half of them within 10 lines, nine of ten within 30, none over 60 (100 with markup)', () => {
    const lines = functions.map((one) => one.lines);
    expect(at(lines, 0.5)).toBeLessThanOrEqual(10);
    expect(at(lines, 0.9)).toBeLessThanOrEqual(30);
    const long = functions.filter(({ path, lines }) => lines > (path.endsWith('.tsx') ? 100 : 60));
    expect(long.map(({ path, line }) => `${path}:${line}`)).toEqual([]);
  });

  it('asks for at most four things in a row; more come as one object', () => {
    /** markdown-it's own signature of a rendering rule. */
    const theirs = ['src/knowledge/markdown.ts'];
    const many = functions.filter(({ parameters, path }) => parameters > 4 && !theirs.includes(path));
    expect(many.map(({ path }) => path)).toEqual([]);
  });
});
