import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
markdown.disable('image');

const safeLink = /^(?:https?:|mailto:|tel:)/i;
markdown.validateLink = (url) => safeLink.test(url.trim());

const renderDefault =
  markdown.renderer.rules.link_open ??
  ((tokens, index, options, _env, self) => self.renderToken(tokens, index, options));
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  const link = tokens[index];
  link?.attrSet('rel', 'noopener noreferrer');
  link?.attrSet('target', '_blank');
  return renderDefault(tokens, index, options, env, self);
};

/** An answer as HTML that is safe to show: no raw HTML, no images, links only to http(s), mailto and tel. */
export const renderMarkdown = (body: string): string => markdown.render(body);

type Token = ReturnType<typeof markdown.parse>[number];

interface OpenLink {
  href: string;
  from: number;
}

/** The address behind a link's words, unless the words are the address. */
const addressBehind = ({ href, from }: OpenLink, text: string): string => {
  const said = text.slice(from);
  return said !== '' && href.includes(said) ? '' : ` (${href.replace(/^(?:mailto|tel):/i, '')})`;
};

const saidBy = (token: Token): string => {
  if (token.type === 'softbreak' || token.type === 'hardbreak') return '\n';
  return token.type === 'text' || token.type === 'code_inline' ? token.content : '';
};

const inlineText = (children: readonly Token[]): string => {
  let text = '';
  let link: OpenLink | null = null;
  for (const child of children) {
    if (child.type === 'link_open') link = { href: String(child.attrGet('href') ?? ''), from: text.length };
    text += child.type === 'link_close' && link !== null ? addressBehind(link, text) : saidBy(child);
  }
  return text;
};

interface Page {
  lines: string[];
  lists: { ordered: boolean; next: number }[];
  /** What the next line begins with. */
  mark: string;
}

const openList = (page: Page, token: Token): void => {
  page.lists.push({ ordered: token.type === 'ordered_list_open', next: Number(token.attrGet('start') ?? 1) });
};

const closeList = (page: Page): void => {
  page.lists.pop();
  if (page.lists.length === 0) page.lines.push('');
};

const openItem = (page: Page): void => {
  const list = page.lists.at(-1);
  if (list === undefined) return;
  const indent = '  '.repeat(page.lists.length - 1);
  page.mark = list.ordered ? `${indent}${list.next++}. ` : `${indent}• `;
};

const closeBlock = (page: Page): void => {
  if (page.lists.length === 0) page.lines.push('');
};

const writeLine = (page: Page, token: Token): void => {
  page.lines.push(page.mark + inlineText(token.children ?? []));
  page.mark = '';
};

const writeCode = (page: Page, token: Token): void => {
  page.lines.push(token.content.trimEnd(), '');
};

const writers: Record<string, (page: Page, token: Token) => void> = {
  ordered_list_open: openList,
  bullet_list_open: openList,
  ordered_list_close: closeList,
  bullet_list_close: closeList,
  list_item_open: openItem,
  paragraph_close: closeBlock,
  heading_close: closeBlock,
  inline: writeLine,
  fence: writeCode,
  code_block: writeCode,
};

/** An answer for channels that show no formatting: paragraphs, numbered and bulleted lines, addresses behind their words. */
export const plainText = (body: string): string => {
  const page: Page = { lines: [], lists: [], mark: '' };
  for (const token of markdown.parse(body, {})) writers[token.type]?.(page, token);
  return page.lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};
