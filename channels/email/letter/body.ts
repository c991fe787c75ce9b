import type { Language } from '../../../src/language/language.ts';
import { type Block, blocksOf } from './blocks.ts';
import { elementStyles, light } from './style.ts';
import { isolateInHtml, lineHtml } from './words.ts';

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');
/** The side on which a line begins. `start` itself is unknown to Outlook. */
export const startOf = (language: Language): 'right' | 'left' => (language === 'ar' ? 'right' : 'left');

const listItems = (items: readonly string[]): string => items.map((item) => `<li>${lineHtml(item)}</li>`).join('');

const factCell = `padding:8px 12px;border:1px solid ${light.line};background-color:${light.soft};vertical-align:top`;

function factsTable(rows: readonly { name: string; value: string }[], language: Language): string {
  const align = startOf(language);
  const cells = rows.map(
    ({ name, value }) =>
      `<tr><th scope="row" class="fact" align="${align}" style="${factCell};text-align:${align};font-weight:normal;width:30%">${lineHtml(name)}</th>` +
      `<td class="fact" align="${align}" style="${factCell};text-align:${align};font-weight:bold">${lineHtml(value)}</td></tr>`,
  );
  return `<table cellpadding="0" cellspacing="0" border="0" dir="${directionOf(language)}">${cells.join('')}</table>`;
}

function blockHtml(block: Block, language: Language): string {
  if (block.kind === 'bullets') return `<ul>${listItems(block.items)}</ul>`;
  if (block.kind === 'facts') return factsTable(block.rows, language);
  if (block.kind === 'paragraph') return `<p>${block.lines.map(lineHtml).join('<br>')}</p>`;
  const start = block.first === 1 ? '' : ` start="${block.first}"`;
  return `<ol${start}>${listItems(block.items)}</ol>`;
}

/** Gives each element of a trusted fragment its look; one that has a style already keeps it. */
export function styled(html: string, language: Language): string {
  const styles = elementStyles(startOf(language));
  return html.replace(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g, (tag, name: string, rest: string) => {
    const style = styles[name];
    return style === undefined || rest.includes('style=') ? tag : `<${name} style="${style}"${rest}>`;
  });
}

/** The words of a letter as HTML: the trusted fragment where there is one, else made from the plain words. */
export function bodyHtml(words: { text: string; html?: string | undefined }, language: Language): string {
  const html = words.html
    ? isolateInHtml(words.html)
    : blocksOf(words.text)
        .map((block) => blockHtml(block, language))
        .join('\n');
  return styled(html, language);
}
