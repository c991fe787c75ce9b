import { globSync, readFileSync } from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';
import { parseSync } from 'vite';

export const root = join(import.meta.dirname, '..');

/** One import of a source file, of whatever form: statement, re-export, `import()` or a type's `import('…')`. */
export interface Import {
  /** A path from the repository's root, a package's name, or `node:…`. */
  to: string;
  /** Gone at run time. */
  typeOnly: boolean;
}

/**
 * A function with a body. `lines` are its own: neither blank nor comment, and a function inside it counts as one line,
 * so that a factory is measured by what it does itself.
 */
export interface FunctionSize {
  line: number;
  lines: number;
  parameters: number;
}

export interface SourceFile {
  /** From the repository's root, with slashes. */
  path: string;
  text: string;
  lines: number;
  imports: Import[];
  functions: FunctionSize[];
  /** What the file declares: functions, classes, types, variables. */
  names: { name: string; isType: boolean }[];
  /** Member expressions as written, such as `process.env`. */
  members: Set<string>;
  /** Text in quotes and templates. */
  strings: string[];
  /** First arguments of calls, by the name that is called: `title('agent')`, `content.render()('greeting')`. */
  calls: { name: string; said: string[] }[];
  /** Values of properties, by name: `{ template: 'greeting' }`. */
  properties: { name: string; said: string[] }[];
}

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Every node of a syntax tree, a parent before its children. */
function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

const literal = (value: unknown): string | null =>
  isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null;

const specifiers = (node: Node): Node[] => (Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []);

const isTypeOnly = (node: Node): boolean => {
  const own = node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType';
  const each = specifiers(node);
  return own || (each.length > 0 && each.every((one) => one.importKind === 'type' || one.exportKind === 'type'));
};

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** `@scope/name/deep` and `name/deep` are the package; a relative path is one from the root. */
function resolveTo(path: string, given: string): string {
  if (given.startsWith('.')) return posix.join(posix.dirname(path), given);
  if (given.startsWith('node:')) return given;
  return given
    .split('/')
    .slice(0, given.startsWith('@') ? 2 : 1)
    .join('/');
}

const importsOf = (path: string, nodes: readonly Node[]): Import[] =>
  nodes.flatMap((node) => {
    const given = importing.has(node.type) ? literal(node.source ?? node.argument) : null;
    return given === null ? [] : [{ to: resolveTo(path, given), typeOnly: isTypeOnly(node) }];
  });

const withBody = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

const codeLines = (text: string): number =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;

const isFunction = (node: Node): boolean => withBody.has(node.type) && isNode(node.body);

/** The functions directly inside a node, not those inside them. */
const inner = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter(isNode)
    .flatMap((child) => (isFunction(child) ? [child] : inner(child)));

const sizeOf = (text: string, node: Node): number => codeLines(text.slice(node.start, node.end));

const functionsOf = (text: string, nodes: readonly Node[]): FunctionSize[] =>
  nodes.filter(isFunction).map((node) => ({
    line: lineAt(text, node.start),
    lines: inner(node).reduce((lines, one) => lines - sizeOf(text, one) + 1, sizeOf(text, node)),
    parameters: Array.isArray(node.params) ? node.params.length : 0,
  }));

const declaring = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'VariableDeclarator',
]);

const typeLike = new Set(['ClassDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration']);

const namesOf = (nodes: readonly Node[]): SourceFile['names'] =>
  nodes.flatMap((node) => {
    const name = declaring.has(node.type) && isNode(node.id) ? node.id.name : null;
    return typeof name === 'string' ? [{ name, isType: typeLike.has(node.type) }] : [];
  });

const stringsOf = (nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => {
    if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
    const value = node.type === 'TemplateElement' ? (node.value as { cooked?: string }) : null;
    return value?.cooked ? [value.cooked] : [];
  });

/** The texts that an expression may be, a `*` for each part that is not known: `ask-${field}` is `ask-*`. */
function possible(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node.type === 'ConditionalExpression') return [...possible(node.consequent), ...possible(node.alternate)];
  if (node.type === 'TemplateLiteral' && Array.isArray(node.quasis))
    return [node.quasis.map((quasi: { value: { cooked: string } }) => quasi.value.cooked).join('*')];
  const text = literal(node);
  return text === null ? [] : [text];
}

const nameOf = (node: unknown): string => {
  if (!isNode(node)) return '';
  if (node.type === 'CallExpression') return `${nameOf(node.callee)}()`;
  const name = node.type === 'MemberExpression' ? node.property : node;
  return isNode(name) && typeof name.name === 'string' ? name.name : '';
};

const callsOf = (nodes: readonly Node[]): SourceFile['calls'] =>
  nodes
    .filter((node) => node.type === 'CallExpression' && Array.isArray(node.arguments))
    .map((node) => ({ name: nameOf(node.callee), said: possible((node.arguments as unknown[])[0]) }))
    .filter(({ said }) => said.length > 0);

const propertiesOf = (nodes: readonly Node[]): SourceFile['properties'] =>
  nodes
    .filter((node) => node.type === 'Property')
    .map((node) => ({ name: nameOf(node.key), said: possible(node.value) }))
    .filter(({ said }) => said.length > 0);

const membersOf = (text: string, nodes: readonly Node[]): Set<string> =>
  new Set(nodes.filter((node) => node.type === 'MemberExpression').map((node) => text.slice(node.start, node.end)));

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const nodes = [...walk(program as unknown as Node)];
  const lines = text.split('\n').length;
  const shape = { imports: importsOf(path, nodes), functions: functionsOf(text, nodes), names: namesOf(nodes) };
  const said = { strings: stringsOf(nodes), calls: callsOf(nodes), properties: propertiesOf(nodes) };
  return { path, text, lines, ...shape, ...said, members: membersOf(text, nodes) };
}

const sources = (folder: string): string[] =>
  globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: ['**/node_modules/**'] })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();

/** Every TypeScript file of `src/` and `channels/`, parsed. */
export const sourceTree: readonly SourceFile[] = ['src', 'channels'].flatMap(sources).map(read);

/** The folder that a file belongs to: `src/flow/responders`, `channels/web-chat`. */
export const folderOf = (path: string): string => (extname(path) === '' ? path : dirname(path));
