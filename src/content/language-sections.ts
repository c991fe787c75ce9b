import { type Language, type LocalText, languages } from '../language/language.ts';
import { type Fault, throwFaults } from './content-error.ts';

interface Section {
  name: string;
  line: number;
  text: string;
}

const marker = /^<!--\s*([A-Za-z-]+)\s*-->\s*$/;
const isLanguage = (name: string): name is Language => languages.some((language) => language === name);

function cut(body: string, firstLine: number): { before: string; sections: Section[] } {
  const before: string[] = [];
  const sections: Section[] = [];
  for (const [index, line] of body.split('\n').entries()) {
    const name = marker.exec(line)?.[1];
    const last = sections.at(-1);
    if (name) sections.push({ name, line: firstLine + index, text: '' });
    else if (last) last.text += `${line}\n`;
    else before.push(line);
  }
  return { before: before.join('\n').trim(), sections };
}

function sentenceOn({ name, text }: Section, earlier: Section[]): string | null {
  if (!isLanguage(name)) return `"${name}" is not a language of Wasl: write <!-- ar --> or <!-- en -->.`;
  if (earlier.some((section) => section.name === name))
    return `The section <!-- ${name} --> stands twice: join the two.`;
  if (text.trim() === '') return `The section <!-- ${name} --> is empty: write its text below this line.`;
  return null;
}

function faultsIn(file: string, body: string, firstLine: number): Fault[] {
  const { before, sections } = cut(body, firstLine);
  const faults = sections.flatMap((section, index) => {
    const message = sentenceOn(section, sections.slice(0, index));
    return message === null ? [] : [{ file, line: section.line, message }];
  });
  if (before === '') return faults;
  const line = firstLine + body.split('\n').findIndex((text) => text.trim() !== '');
  return [
    { file, line, message: 'This text has no language: put <!-- ar --> or <!-- en --> on a line above it.' },
    ...faults,
  ];
}

/**
 * Splits a body into its languages: each begins below a line `<!-- ar -->` or `<!-- en -->`. Throws a ContentError;
 * which languages must be there is the caller's matter. `firstLine` is the line of the file on which `body` begins.
 */
export function splitLanguages(file: string, body: string, firstLine: number): LocalText {
  throwFaults(faultsIn(file, body, firstLine));
  const texts: LocalText = {};
  for (const { name, text } of cut(body, firstLine).sections) if (isLanguage(name)) texts[name] = text.trim();
  return texts;
}
