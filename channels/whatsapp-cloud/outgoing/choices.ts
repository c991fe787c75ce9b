import type { QuickReply } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';

const buttonTitle = 20;
const rowTitle = 24;
const rowDescription = 72;
const buttonBody = 1024;
const mostButtons = 3;
const mostRows = 10;

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** At most so long, cut after a word where there is one, with a mark that it goes on. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most - 1);
  const word = head.lastIndexOf(' ');
  const kept = word > most / 2 ? head.slice(0, word) : head.replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd()}…`;
}

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

function checked(quickReplies: readonly QuickReply[]): QuickReply[] {
  const all = quickReplies.map(({ id, title }) => ({ id: id.trim(), title: flat(title) }));
  if (all.length > mostRows) throw new SendError('unsupported', `WhatsApp shows at most ${mostRows} choices.`);
  if (all.some(({ title }) => title.length > rowDescription))
    throw new SendError('unsupported', `WhatsApp shows at most ${rowDescription} letters of a choice.`);
  if (all.some(({ id, title }) => id === '' || title === '' || id.length > 200) || !isUnique(all.map(({ id }) => id)))
    throw new SendError('message-invalid', 'Each choice needs an id of its own and a title.');
  return all;
}

/** What does not fit into the title of a row stands whole below it; `content.ts` takes it from there again. */
const row = ({ id, title }: QuickReply): object => {
  const short = cut(title, rowTitle);
  return { id, title: short, ...(short === title ? {} : { description: title }) };
};

/**
 * Choices as the provider can show them: up to three short ones below a short text as buttons, else a list behind a button
 * with the word `listButton`.
 */
export function choicesOf(text: string, quickReplies: readonly QuickReply[], listButton: () => string): object {
  const all = checked(quickReplies);
  const areShort = all.every(({ title }) => title.length <= buttonTitle) && isUnique(all.map(({ title }) => title));
  if (all.length <= mostButtons && areShort && text.length <= buttonBody) {
    const buttons = all.map((reply) => ({ type: 'reply', reply }));
    return { type: 'button', body: { text }, action: { buttons } };
  }
  const button = cut(flat(listButton()), buttonTitle);
  return { type: 'list', body: { text }, action: { button, sections: [{ rows: all.map(row) }] } };
}
