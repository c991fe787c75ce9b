/** A part of a letter, as its plain words show it. */
export type Block =
  | { kind: 'paragraph'; lines: string[] }
  | { kind: 'bullets'; items: string[] }
  | { kind: 'numbered'; items: string[]; first: number }
  /** Lines such as "Number: 12", two or more of them in a row. */
  | { kind: 'facts'; rows: { name: string; value: string }[] };

const marks = '[\\u2066-\\u2069]?';
const numbered = new RegExp(`^\\s*${marks}(\\p{Nd}{1,2})${marks}[.)]\\s+(?=\\S)`, 'u');
const bullet = /^\s*[•*–-]\s+(?=\S)/;
const fact = /^([^\s:.,،؛؟!?\p{Nd}][^:.,،؛؟!?\n]{0,28}):\s+(\S.{0,150})$/u;

type Kind = Block['kind'];

function kindOf(line: string): Kind {
  if (bullet.test(line)) return 'bullets';
  if (numbered.test(line)) return 'numbered';
  return fact.test(line) && !/[:：]$/.test(line) ? 'facts' : 'paragraph';
}

interface Run {
  kind: Kind;
  lines: string[];
}

/** A lone line with a colon is a sentence like any other. */
const settled = ({ kind, lines }: Run): Run =>
  kind === 'facts' && lines.length < 2 ? { kind: 'paragraph', lines } : { kind, lines };

function gather(runs: readonly Run[]): Run[] {
  const gathered: Run[] = [];
  for (const { kind, lines } of runs) {
    const last = gathered.at(-1);
    if (last?.kind === kind) last.lines.push(...lines);
    else gathered.push({ kind, lines: [...lines] });
  }
  return gathered;
}

const runsOf = (chunk: string): Run[] => {
  const lines = chunk.split('\n').filter((line) => line.trim() !== '');
  const runs = gather(lines.map((line) => ({ kind: kindOf(line), lines: [line.trim()] })));
  return gather(runs.map(settled));
};

/** Arabic-Indic and Persian digits have the same value by their place in their block. */
const amountOf = (digits: string): number =>
  Number([...digits].map((digit) => (/[0-9]/.test(digit) ? digit : (digit.codePointAt(0) ?? 0) & 0xf)).join(''));

const factOf = (line: string): { name: string; value: string } => {
  const [, name = '', value = ''] = fact.exec(line) ?? [];
  return { name, value };
};

const blockOf = ({ kind, lines }: Run): Block => {
  if (kind === 'bullets') return { kind, items: lines.map((line) => line.replace(bullet, '')) };
  if (kind === 'facts') return { kind, rows: lines.map(factOf) };
  if (kind === 'paragraph') return { kind, lines };
  const first = amountOf(numbered.exec(lines[0] ?? '')?.[1] ?? '1');
  return { kind, first, items: lines.map((line) => line.replace(numbered, '')) };
};

/** The parts of a text: paragraphs between empty lines, lists and tables of facts by how their lines begin. */
export const blocksOf = (text: string): Block[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .flatMap(runsOf)
    .map(blockOf);
