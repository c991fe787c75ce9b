/** A link as it stands in the text (t.co), and where it leads. */
export interface Link {
  short: string;
  full: string;
  /** Stands for a picture or for the quoted post: not part of what was written. */
  isHidden: boolean;
}

export interface Wording {
  text: string;
  links: readonly Link[];
  /** A reply begins with the handles of those whom it answers; else only our own handle at the beginning says nothing. */
  isReply: boolean;
  /** Without the @; null where nothing is to be taken away. */
  ownHandle: string | null;
  /** A link at the end that nobody explains then stands for the files. */
  hasFiles: boolean;
}

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** X escapes these few characters, once. */
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (found) => characters[found] ?? found);

const shortLink = /https?:\/\/t\.co\/\w+/g;

function expanded(text: string, { links, hasFiles }: Pick<Wording, 'links' | 'hasFiles'>): string {
  const byShort = new Map(links.map((link) => [link.short, link]));
  return text.replaceAll(shortLink, (found: string, at: number) => {
    const link = byShort.get(found);
    if (link) return link.isHidden ? '' : link.full;
    return hasFiles && at + found.length === text.trimEnd().length ? '' : found;
  });
}

/** Handles and what may stand between and before them, such as marks of direction. */
const leading = /^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*@(\w{1,50})[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*/;

function withoutHandles(text: string, { isReply, ownHandle }: Pick<Wording, 'isReply' | 'ownHandle'>): string {
  let rest = text;
  for (;;) {
    const found = leading.exec(rest);
    const isOurs = found?.[1]?.toLowerCase() === ownHandle?.toLowerCase();
    if (!found || !(isReply || isOurs)) return rest;
    rest = rest.slice(found[0].length);
  }
}

/**
 * What a person wrote: links as they lead, no links that only stand for pictures, no handles that only say whom it answers.
 * Words of nothing but handles stay as they are, unless files say what is meant.
 */
export function wordsOf(wording: Wording): string {
  const plain = unescaped(wording.text);
  const open = expanded(plain, wording);
  const words = wording.ownHandle === null ? open : withoutHandles(open, wording);
  const kept = words.trim() === '' && !wording.hasFiles ? open : words;
  return kept === plain ? plain : kept.trim();
}
