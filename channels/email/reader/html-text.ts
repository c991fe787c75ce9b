import { isolateLine } from './line-direction.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };
const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => entities[name] ?? '');

const blocks = new Set(
  'p div section article header footer main center blockquote pre h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption tr hr address'.split(
    ' ',
  ),
);
/** Blocks that people see with space around them. */
const spaced = new Set('p blockquote pre h1 h2 h3 h4 h5 h6 ul ol dl table'.split(' '));
const empty = new Set(['br', 'hr', 'img', 'col']);

const tag = /<(\/?)([a-z][a-z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const attribute = (source: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(source);
  return found ? plain(found[1] ?? '') : null;
};

/** A page without any line break is broken here, so that writing stays linear. */
const longestLine = 20_000;

type Direction = 'rtl' | 'ltr' | null;

interface Level {
  name: string;
  direction: Direction;
  /** For a list: the number that comes next, or null for one without numbers. */
  next: number | null;
  href: string | null;
  /** Where the words of a link begin. */
  from: number;
}

/** The page as it is written: finished lines, and the one that is being written. */
interface Page {
  lines: string[];
  line: string;
  mark: string;
  levels: Level[];
  /** Where in the line the last link ended, and where it led. */
  linkEnd: { at: number; href: string } | null;
  preformatted: number;
}

const directionOf = (page: Page): Direction => page.levels.at(-1)?.direction ?? null;

function endLine(page: Page): void {
  const line = page.preformatted > 0 ? page.line.trimEnd() : page.line.trim();
  page.lines.push(line === '' ? '' : isolateLine(line, directionOf(page)));
  page.line = '';
  page.linkEnd = null;
}

function breakLine(page: Page, withSpace: boolean): void {
  if (page.line.trim() !== '') endLine(page);
  if (withSpace && page.lines.length > 0 && page.lines.at(-1) !== '') page.lines.push('');
}

function write(page: Page, html: string): void {
  const text = plain(html);
  if (page.preformatted > 0) {
    const [first = '', ...rest] = text.split('\n');
    page.line += first;
    for (const line of rest) {
      endLine(page);
      page.line = line;
    }
    return;
  }
  const flat = text.replace(/[ \t\n\r\f]+/g, ' ');
  if (flat === ' ' && (page.line === '' || page.line.endsWith(' '))) return;
  if (page.mark && flat.trim()) {
    page.line = page.mark;
    page.mark = '';
  }
  page.line += page.line === '' || page.line.endsWith(' ') ? flat.trimStart() : flat;
  if (page.line.length > longestLine) endLine(page);
}

function listMark(page: Page): string {
  const list = page.levels.findLast((level) => level.name === 'ol' || level.name === 'ul');
  if (list?.name !== 'ol' || list.next === null) return '- ';
  list.next += 1;
  return `${list.next - 1}. `;
}

function directed(source: string, inherited: Direction): Direction {
  const given = /\bdir="(rtl|ltr)"/i.exec(source)?.[1] ?? /\bdirection:(rtl|ltr)/i.exec(source)?.[1];
  return given ? (given.toLowerCase() as Direction) : inherited;
}

const isInList = (page: Page): boolean => page.levels.some((level) => level.name === 'li');

/** What an element writes before its content. */
function writeBefore(page: Page, name: string, source: string): void {
  if (blocks.has(name)) breakLine(page, spaced.has(name) && !isInList(page));
  if (name === 'br') endLine(page);
  else if (name === 'hr') page.lines.push('---');
  else if (name === 'img') write(page, attribute(source, 'alt') ?? '');
  else if (name === 'li') page.mark = listMark(page);
  else if ((name === 'td' || name === 'th') && page.line.trim() !== '') page.line = `${page.line.trimEnd()}  `;
}

function firstNumber(name: string, source: string): number | null {
  if (name !== 'ol') return null;
  const start = Number(attribute(source, 'start') ?? 1);
  return Number.isInteger(start) ? start : 1;
}

/** Links side by side, as in menus, are kept apart by how they look alone. */
function partLinks({ line, linkEnd }: Page, href: string): string {
  return linkEnd?.at === line.length && linkEnd.href !== href && /\S$/.test(line) ? ' ' : '';
}

function openTag(page: Page, name: string, source: string): void {
  writeBefore(page, name, source);
  if (empty.has(name)) return;
  const href = name === 'a' ? attribute(source, 'href') : null;
  if (href) page.line += partLinks(page, href);
  if (name === 'pre') page.preformatted += 1;
  page.levels.push({
    name,
    direction: directed(source, directionOf(page)),
    next: firstNumber(name, source),
    href,
    from: page.line.length,
  });
}

const bare = (address: string): string =>
  address
    .replace(/^(?:mailto:|tel:|https?:\/\/)/i, '')
    .replace(/\/$/, '')
    .toLowerCase();

/** `words (address)`, unless the words are the address. */
function endLink(page: Page, level: Level): void {
  const shown = page.line.slice(Math.min(level.from, page.line.length)).trim();
  if (!level.href || /^(?:#|cid:)/.test(level.href)) return;
  if (bare(shown) === bare(level.href) || (!shown && page.levels.length === 0)) return;
  const target = level.href.replace(/^mailto:/i, '');
  page.line = shown ? `${page.line.trimEnd()} (${target})` : page.line;
}

function closeTag(page: Page, name: string): void {
  const level = page.levels.at(-1);
  if (level?.name !== name) return;
  if (level.href) {
    endLink(page, level);
    page.linkEnd = { at: page.line.length, href: level.href };
  }
  if (blocks.has(name)) breakLine(page, false);
  page.levels.pop();
  if (name === 'pre') page.preformatted -= 1;
  if (name === 'li') page.mark = '';
  if (spaced.has(name) && !isInList(page)) breakLine(page, true);
}

/**
 * Words of HTML that `harmless` gave (its well-formedness is relied upon): line breaks, list marks, links as
 * `words (address)`, a direction mark where a line would otherwise be laid out the wrong way. Linear.
 */
export function textOfHtml(html: string): string {
  const page: Page = { lines: [], line: '', mark: '', levels: [], linkEnd: null, preformatted: 0 };
  let at = 0;
  for (const match of html.matchAll(tag)) {
    write(page, html.slice(at, match.index));
    const [whole, closing, name = '', source = ''] = match;
    if (closing) closeTag(page, name);
    else openTag(page, name, source);
    at = match.index + whole.length;
  }
  write(page, html.slice(at));
  breakLine(page, false);
  return page.lines
    .join('\n')
    .replace(/\u00a0/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
