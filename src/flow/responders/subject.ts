import type { Understanding } from '../../understanding/understanding.ts';

/** In letters, with the sign that it was cut. */
const mostLetters = 80;
/** A matter is told in its first lines. */
const mostLines = 20;

type Understand = (text: string) => Understanding;

/** What one line tells of a matter; empty where it only greets, introduces, agrees or orders. */
function matterIn(line: string, understand: Understand): string {
  const { restOfText, meaningful, pleasantryOnly, yesNo, unsure, announces, command } = understand(line);
  if (!meaningful || pleasantryOnly || yesNo !== null || unsure || announces || command !== null) return '';
  return restOfText.replace(/\s+/g, ' ').trim();
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
 * Where no line tells any, the first line that says something; empty where none does.
 */
export function subjectOf(text: string, understand: Understand): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostLines);
  const matters = lines.map((line) => matterIn(line, understand)).filter((line) => line !== '');
  return shortened(matters.find(tells) ?? matters[0] ?? lines[0] ?? '');
}

/** The same where the matter has a title of its own, which is taken if it tells one. */
export function subjectUnder(title: string, text: string, understand: Understand): string {
  const own = title === '' ? '' : matterIn(title, understand);
  return own.includes(' ') ? shortened(own) : subjectOf(`${title}\n${text}`, understand);
}
