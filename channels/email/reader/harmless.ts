import sanitize from 'sanitize-html';

type Attributes = Record<string, string>;

const structure = 'p br hr div span section article header footer main center blockquote pre code h1 h2 h3 h4 h5 h6';
const words = 'b i u s strong em small big sub sup del ins mark tt kbd cite q abbr address font bdi bdo a img';
const lists = 'ul ol li dl dt dd table caption thead tbody tfoot tr td th colgroup col';

/** Elements whose content is no words of the mail. */
const silent = [
  'style',
  'script',
  'textarea',
  'option',
  'title',
  'template',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'object',
  'svg',
  'math',
];

const hiddenStyle =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|!|$)|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$))/i;

const keptStyles =
  /(?:^|;)\s*(text-align|direction)\s*:\s*(left|right|center|justify|start|end|rtl|ltr)\s*(?:!important)?\s*(?=;|$)/gi;

function keptStyle(style: string): string {
  return [...style.slice(0, 2000).matchAll(keptStyles)]
    .map(([, name = '', value = '']) => `${name.toLowerCase()}:${value.toLowerCase()}`)
    .join(';');
}

const tiny = (size: string | undefined): boolean => size !== undefined && /^\s*[01](?:px)?\s*$/.test(size);

const isTracker = (tag: string, attributes: Attributes): boolean =>
  tag === 'img' && tiny(attributes.width) && tiny(attributes.height);

const dataImage = /^data:image\/(?:png|jpe?g|gif);base64,[a-z0-9+/=\s]*$/i;

function cleanAttributes(tag: string, attributes: Attributes): Attributes {
  const kept = { ...attributes };
  const style = keptStyle(attributes.style ?? '');
  if (style) kept.style = style;
  else delete kept.style;
  if (tag === 'a' && attributes.href) Object.assign(kept, { rel: 'noreferrer noopener', target: '_blank' });
  if (tag === 'img' && !/^(?:cid:|data:)/i.test(attributes.src ?? '')) delete kept.src;
  if (tag === 'img' && /^data:/i.test(attributes.src ?? '') && !dataImage.test(attributes.src ?? '')) delete kept.src;
  return kept;
}

/** What people do not see is given the name of an element that is dropped with all that is in it. */
function change(tag: string, attributes: Attributes): { tagName: string; attribs: Attributes } {
  const unseen = 'hidden' in attributes || hiddenStyle.test((attributes.style ?? '').slice(0, 2000));
  if ((unseen && tag !== 'body' && tag !== 'html') || isTracker(tag, attributes))
    return { tagName: 'style', attribs: {} };
  if (tag === 'body' || tag === 'html') return { tagName: 'div', attribs: cleanAttributes(tag, attributes) };
  return { tagName: tag, attribs: cleanAttributes(tag, attributes) };
}

const options: sanitize.IOptions = {
  allowedTags: `${structure} ${words} ${lists}`.split(' '),
  allowedAttributes: {
    '*': ['dir', 'lang', 'align', 'style'],
    a: ['href', 'rel', 'target', 'title'],
    img: ['src', 'alt', 'width', 'height'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan', 'valign', 'width'],
    th: ['colspan', 'rowspan', 'valign', 'width'],
    table: ['border', 'cellpadding', 'cellspacing', 'width'],
  },
  nonTextTags: silent,
  transformTags: { '*': change },
  parseStyleAttributes: false,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'data'] },
  allowProtocolRelative: false,
  nestingLimit: 200,
};

const mostTags = 60_000;

/** True where an HTML text would cost too much to clean: more tags than any person's mail has. */
export function isTooDense(html: string): boolean {
  let [tags, at] = [0, html.indexOf('<')];
  while (at !== -1 && tags <= mostTags) {
    tags += 1;
    at = html.indexOf('<', at + 1);
  }
  return tags > mostTags;
}

/**
 * HTML without anything that runs, loads or hides: no script, style, form, remote picture or tracker; `dir`, `lang`,
 * alignment, tables and lists stay, links only to http, https, mailto and tel. Pictures only from within the mail.
 */
export const harmless = (html: string): string =>
  sanitize(html.replace(/<!\[(?:if|endif)[^>]{0,200}\]>/gi, ''), options).trim();
