/** A piece of formatted text, made only of what the widget knows. */
export type RichNode =
  | { kind: 'text'; text: string }
  | { kind: 'element'; tag: RichTag; href?: string; children: RichNode[] };

const tags = ['p', 'br', 'strong', 'em', 'ul', 'ol', 'li', 'a', 'code'] as const;
export type RichTag = (typeof tags)[number];

const aliases: Readonly<Record<string, RichTag>> = { b: 'strong', i: 'em' };
const silent: readonly string[] = [
  'script',
  'style',
  'template',
  'title',
  'noscript',
  'iframe',
  'textarea',
  'svg',
  'math',
];
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const deepest = 12;

const fromCode = (code: number): string =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : '';

const decode = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return fromCode(Number.parseInt(hex, 16));
      if (decimal) return fromCode(Number(decimal));
      return entities[(name ?? '').toLowerCase()] ?? whole;
    },
  );

/** The address of a link where it is one that may be followed: web, mail or telephone. */
export function safeHref(address: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these within an address, so they are dropped before it is judged
  const bare = address.replace(/[\u0000-\u0020\u007f-\u009f]/g, '');
  return /^(?:https?:\/\/[^/]|mailto:.|tel:.)/i.test(bare) ? bare : undefined;
}

const hrefIn = (attributes: string): string | undefined => {
  const found = /(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
  return found ? safeHref(decode(found[1] ?? found[2] ?? found[3] ?? '')) : undefined;
};

const tagOf = (name: string): RichTag | undefined => aliases[name] ?? tags.find((tag) => tag === name);

interface Open {
  tag: RichTag;
  children: RichNode[];
}

interface Reading {
  root: RichNode[];
  open: Open[];
  /** The element whose contents are left out, such as a script. */
  skipping: string;
}

const target = (reading: Reading): RichNode[] => reading.open.at(-1)?.children ?? reading.root;

function addText(reading: Reading, raw: string): void {
  if (reading.skipping || raw === '') return;
  target(reading).push({ kind: 'text', text: decode(raw) });
}

function openTag(reading: Reading, tag: RichTag, attributes: string): void {
  const href = tag === 'a' ? hrefIn(attributes) : undefined;
  const children: RichNode[] = [];
  target(reading).push({ kind: 'element', tag, ...(href ? { href } : {}), children });
  if (tag !== 'br' && reading.open.length < deepest) reading.open.push({ tag, children });
}

function closeTag(reading: Reading, tag: RichTag): void {
  const at = reading.open.map((one) => one.tag).lastIndexOf(tag);
  if (at >= 0) reading.open.length = at;
}

function addTag(reading: Reading, isEnd: boolean, name: string, attributes: string): void {
  if (reading.skipping) {
    if (isEnd && name === reading.skipping) reading.skipping = '';
    return;
  }
  if (!isEnd && silent.includes(name)) {
    reading.skipping = name;
    return;
  }
  const tag = tagOf(name);
  if (!tag) return;
  if (isEnd) closeTag(reading, tag);
  else openTag(reading, tag, attributes);
}

const tokens = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|<[!?][^>]*>|[^<]+|</gi;

/**
 * Reads formatted text of the few tags that the chat shows and throws everything else away: unknown tags lose their mark and
 * keep their words, attributes other than a link's safe address vanish. It needs no HTML parser of the browser's, so no page's
 * Trusted Types policy stands in its way, and what it gives is drawn as elements and text, never as markup.
 */
export function readRichText(html: string): RichNode[] {
  const reading: Reading = { root: [], open: [], skipping: '' };
  for (const [whole, end, name, attributes] of html.matchAll(tokens)) {
    if (name) addTag(reading, end === '/', name.toLowerCase(), attributes ?? '');
    else if (!/^<[!?]/.test(whole)) addText(reading, whole);
  }
  return reading.root;
}

/** A run of plain text: words, an address to follow, or something that must keep its order from left to right. */
export type Run = { kind: 'text' | 'ltr'; text: string } | { kind: 'link'; text: string; href: string };

const runs =
  /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?؟،؛)\]])|((?<![\w\d])(?:\+?\d[\d ():/.-]{5,}\d|[A-Z]{1,6}-[0-9][0-9A-Z-]*)(?![\w\d]))/g;

const runOf = (link: string | undefined, ltr: string | undefined): Run =>
  link ? { kind: 'link', text: link, href: link } : { kind: 'ltr', text: ltr ?? '' };

/** Splits plain text so that links can be followed and telephone and ticket numbers do not turn round within Arabic. */
export function textRuns(text: string): Run[] {
  const found: Run[] = [];
  let done = 0;
  for (const match of text.matchAll(runs)) {
    if (match.index > done) found.push({ kind: 'text', text: text.slice(done, match.index) });
    found.push(runOf(match[1], match[2]));
    done = match.index + match[0].length;
  }
  if (done < text.length) found.push({ kind: 'text', text: text.slice(done) });
  return found;
}
