import type { Template } from '../api/shapes.ts';
import type { FilledTemplate } from '../api/templates.ts';

type Variable = Template['variables'][number];
/** What was typed, by the key of the variable. */
export type Values = Readonly<Record<string, string>>;

export const keyOf = ({ part, name }: Pick<Variable, 'part' | 'name'>): string => `${part} ${name}`;

/** The variables in their order, one that stands twice in a part once. */
export const variablesOf = ({ variables }: Pick<Template, 'variables'>): Variable[] => [
  ...new Map(variables.map((one) => [keyOf(one), one])).values(),
];

/** A stretch of a template's text: words of its own, or a variable with what fills it (null: nothing yet). */
export type Stretch = { words: string } | { name: string; value: string | null };

const variable = /{{\s*([^{}\s]+)\s*}}/g;

/** The text of one part with its variables filled in. */
export function stretchesOf({ part, text }: Template['parts'][number], values: Values): Stretch[] {
  const found: Stretch[] = [];
  let end = 0;
  for (const match of text.matchAll(variable)) {
    if (match.index > end) found.push({ words: text.slice(end, match.index) });
    const name = match[1] ?? '';
    const value = part === 'footer' ? '' : (values[keyOf({ part, name })]?.trim() ?? '');
    found.push({ name, value: value || null });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ words: text.slice(end) });
  return found;
}

export const isFilled = (template: Pick<Template, 'variables'>, values: Values): boolean =>
  variablesOf(template).every((one) => Boolean(values[keyOf(one)]?.trim()));

/** What is sent: the template by name, and each variable with its value on one line, as providers demand. */
export const filled = (
  template: Pick<Template, 'name' | 'language' | 'variables'>,
  values: Values,
): FilledTemplate => ({
  name: template.name,
  language: template.language,
  parameters: variablesOf(template).map((one) => ({
    part: one.part,
    name: one.name,
    value: (values[keyOf(one)] ?? '').trim().replace(/\s+/g, ' '),
  })),
});

/** The side from which a language is written, by the provider's code of it. */
export const directionOf = (language: string): 'rtl' | 'ltr' =>
  /^(ar|fa|he|ur)\b|^(ar|fa|he|ur)_/i.test(language) ? 'rtl' : 'ltr';

/** Whether a template is one that the words look for: in its name or in its text. */
export const matches = ({ name, parts }: Pick<Template, 'name' | 'parts'>, words: string): boolean => {
  const wanted = words.trim().toLowerCase();
  return wanted === '' || [name, ...parts.map(({ text }) => text)].some((one) => one.toLowerCase().includes(wanted));
};
