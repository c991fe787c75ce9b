import type { Understanding } from '../../understanding/understanding.ts';

/** In letters, with the sign that it was cut. */
const mostLetters = 80;
/** A matter is told in its first lines. */
const mostLines = 20;

type Understand = (text: string) => Understanding;

/** So many words hold a subject; no more of an insulting line are looked at. */
const mostWords = 24;
const longestInsult = 4;
const calling = /^(?:يا|انتوا|انتو|انتم|أنتم|you)$/i;

/** The words without what insults in so many words at once, and who is called so. */
function without(words: readonly string[], size: number, understand: Understand): string[] {
  const left: string[] = [];
  for (let at = 0; at < words.length; ) {
    const isInsult = at + size <= words.length && understand(words.slice(at, at + size).join(' ')).abusive;
    if (isInsult && calling.test(left.at(-1) ?? '')) left.pop();
    if (!isInsult) left.push(words[at] ?? '');
    at += isInsult ? size : 1;
  }
  return left;
}

/** What is left without the insults, which no notice shall quote back. */
function withoutInsults(line: string, understand: Understand): string {
  let words = line.split(/\s+/).slice(0, mostWords);
  for (let size = 1; size <= longestInsult && understand(words.join(' ')).abusive; size += 1)
    words = without(words, size, understand);
  const kept = words.join(' ').replace(/^[\s،,.!؛:–—-]+/, '');
  return calling.test(kept) || understand(kept).abusive ? '' : kept;
}

/** What one line tells of a matter; empty where it only greets, introduces, agrees or orders. */
function matterIn(line: string, understand: Understand): string {
  const { restOfText, meaningful, pleasantryOnly, yesNo, unsure, announces, command, abusive } = understand(line);
  if (!meaningful || pleasantryOnly || yesNo !== null || unsure || announces || command !== null) return '';
  const told = restOfText.replace(/\s+/g, ' ').trim();
  return abusive ? withoutInsults(told, understand) : told;
}

/** Two words and more tell what it is about; "عندي سؤال" does it no better than one. */
const tells = (line: string): boolean => line.split(' ').length >= 3;

function shortened(line: string): string {
  if (line.length <= mostLetters) return line;
  const cut = line.lastIndexOf(' ', mostLetters - 1);
  return `${line.slice(0, cut > 0 ? cut : mostLetters - 1).replace(/[\s،,;؛:.–—-]+$/, '')}…`;
}

/**
 * What a matter is called in lists: the first line that tells one, without greetings and who writes, at most 80 letters.
 * Where no line tells any, the first line that says something and insults nobody; empty where none does.
 */
export function subjectOf(text: string, understand: Understand): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostLines);
  const matters = lines.map((line) => matterIn(line, understand)).filter((line) => line !== '');
  const first = lines.find((line) => !understand(line).abusive) ?? '';
  return shortened(matters.find(tells) ?? matters[0] ?? first);
}

/** The same where the matter has a title of its own, which is taken if it tells one. */
export function subjectUnder(title: string, text: string, understand: Understand): string {
  const own = title === '' ? '' : matterIn(title, understand);
  return own.includes(' ') ? shortened(own) : subjectOf(`${title}\n${text}`, understand);
}
