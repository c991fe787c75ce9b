/** Markup that is safe to put into a page: made only by `html`, so that nothing reaches a page unescaped. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in an `html` template: text is escaped, markup and lists of it are kept, nothing stays nothing. */
export type Part = string | number | Html | readonly Part[] | false | null | undefined;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

function draw(part: Part): string {
  if (part === false || part === null || part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(draw).join('');
  return escapeText(String(part));
}

/** A template whose values are escaped. Values belong between tags or inside quoted attributes, nowhere else. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((whole, text, index) => whole + draw(parts[index - 1]) + text));

/** The address where a page may offer it as a link; anything else (such as `javascript:`) gives nothing. */
export const safeLink = (address: string | undefined): string | undefined =>
  address && /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|\?|#)/i.test(address.trim()) ? address.trim() : undefined;
