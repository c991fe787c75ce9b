import { segments } from '../channel/segments.ts';
import { inLanguage, type Language, languages } from '../language/language.ts';
import type { Organisation } from '../organisation/organisation.ts';
import { createRender, type Render, type Template } from '../template/template.ts';

/** A text of a notice whose brief form takes more than one paid part. */
export interface LongBrief {
  template: string;
  language: Language;
  segments: number;
}

/** The texts of notices that go to phones and carry no words of staff: what those cost is known where they are written. */
const briefTexts = [
  'notice-ticket-received',
  'notice-number',
  'notice-in-progress',
  'notice-delayed',
  'notice-closed',
  'notice-closed-without-data',
  'notice-reopened',
  'notice-escalated',
  'notice-objection',
  'notice-referred',
  'notice-merged',
] as const;

const words = { ar: 'كلمة ', en: 'word ' } as const;

/** As long as they usually are at most: who puts a matter or a reason into a brief text shall see what it costs. */
const usualValues = (language: Language, organisation: string) => ({
  number: '26000010',
  subject: words[language].repeat(10).trim(),
  reason: words[language].repeat(20).trim(),
  // no month has a longer name
  expectedAt: '2026-09-30T09:00:00.000Z',
  organisation,
  text: '',
  guidance: '',
  link: '',
  other: '26000011',
  doneOn: '',
  visitOn: '',
  item: '',
  withheld: false,
  placed: true,
  done: true,
});

/** How many parts a text takes; one that cannot be said gives way to the shipped one, and is none of our concern. */
function partsOf(render: Render, template: string, language: Language, organisation: string): number {
  try {
    return segments(render(template, language, usualValues(language, organisation), 'brief')).parts;
  } catch {
    return 0;
  }
}

/** Those brief texts of notices that take more than one paid part each time, with the values that are usual. Pure. */
export function longBriefs(
  all: readonly Template[],
  { name, shortName }: Pick<Organisation, 'name' | 'shortName'>,
  timeZone: string,
): LongBrief[] {
  const render = createRender(all, timeZone);
  return briefTexts.flatMap((template) =>
    languages.flatMap((language) => {
      const parts = partsOf(render, template, language, inLanguage(shortName ?? name, language));
      return parts > 1 ? [{ template, language, segments: parts }] : [];
    }),
  );
}
