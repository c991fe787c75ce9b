/** Characters that only steer direction; they are replaced by elements where there are elements. */
const isolateStart = '\u2066\u2067\u2068';
const isolateEnd = '\u2069';
const strayMarks = new RegExp(`[${isolateStart}${isolateEnd}\u202a-\u202e]`, 'g');

const link = String.raw`(?<link>https?:\/\/[^\s<>"${isolateStart}${isolateEnd}]*[^\s<>"'.,;:!?)\]}«»،؛؟${isolateStart}${isolateEnd}])`;
const mail = String.raw`(?<mail>[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)`;
const number = String.raw`(?<number>[+#]?\p{Nd}(?:[\p{Nd}() .:\/-]*\p{Nd})?%?)`;
const isolated = `[${isolateStart}](?<inner>[^${isolateStart}${isolateEnd}]*)${isolateEnd}`;
const pieces = new RegExp([isolated, link, mail, `(?<![\\p{L}\\p{Nd}_])${number}(?![\\p{L}_])`].join('|'), 'giu');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML, also within an attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** The element, and around it the invisible marks for a client that takes the element away. */
const ltr = (html: string): string => `\u2066<bdi dir="ltr">${html}</bdi>\u2069`;
const unbroken = (html: string): string => `\u2066<bdi dir="ltr" style="white-space:nowrap">${html}</bdi>\u2069`;
const auto = (html: string): string => `\u2068<bdi>${html}</bdi>\u2069`;

const anchor = (href: string, words: string): string => ltr(`<a href="${escapeHtml(href)}">${escapeHtml(words)}</a>`);

const plain = (text: string): string => escapeHtml(text.replace(strayMarks, ''));

/** Arabic or other right-to-left letters are left to find their own direction. */
const isLeftToRight = (text: string): boolean =>
  !/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text.replace(/\p{Nd}/gu, ''));

function piece(groups: Record<string, string | undefined>): string {
  if (groups.inner !== undefined) return isolatedPiece(groups.inner);
  if (groups.link) return anchor(groups.link, groups.link);
  if (groups.mail) return anchor(`mailto:${groups.mail}`, groups.mail);
  return unbroken(escapeHtml(groups.number ?? ''));
}

function isolatedPiece(inner: string): string {
  const [whole] = inner.matchAll(pieces);
  if (whole?.[0] === inner && whole.groups) return piece(whole.groups);
  return isLeftToRight(inner) ? ltr(plain(inner)) : auto(lineHtml(inner));
}

/** One line as HTML: links can be followed; links, numbers and what was isolated in the text do not jump about (lesson 67). */
export function lineHtml(line: string): string {
  let html = '';
  let from = 0;
  for (const match of line.matchAll(pieces)) {
    html += plain(line.slice(from, match.index)) + piece(match.groups ?? {});
    from = match.index + match[0].length;
  }
  return html + plain(line.slice(from));
}

const numberInHtml = /(?<![&#;\p{L}\p{Nd}])\+?\p{Nd}(?:[\p{Nd}() .:/-]*\p{Nd})%?(?![\p{L}_;])/gu;
const nodes = /<a\s[^<>]*>[^<]*<\/a>|<[^<>]*>|[^<]+/g;

function nodeHtml(node: string): string {
  if (!node.startsWith('<')) return node.replace(numberInHtml, unbroken);
  const isForeignLink = node.startsWith('<a ') && isLeftToRight(node.replace(/<[^<>]*>/g, ''));
  return isForeignLink ? ltr(node) : node;
}

/** A trusted fragment in which links and numbers do not jump about either. */
export const isolateInHtml = (html: string): string => html.replace(nodes, nodeHtml);
