import { WaslError } from '../errors.ts';
import type { ApprovedTemplate } from '../inbox/approved-templates.ts';
import type { Message } from '../message/message.ts';

type Approved = NonNullable<Message['approved']>;
type Parameter = Approved['parameters'][number];

/** The longest that each part may be once it is filled, in characters (the Cloud API's limits). */
const longest = { header: 60, body: 1024, footer: 60, button: 2000 } as const;

/** What the Cloud API refuses within a variable: line breaks, tabs and more than four spaces in a row. */
const unfit = /[\n\r\t]| {5,}/;

const fault = (path: string, message: string): WaslError =>
  new WaslError('invalid', `${path}: ${message}`, { details: { faults: [{ path, message }] } });

const same = (one: Pick<Parameter, 'part' | 'name'>, two: Pick<Parameter, 'part' | 'name'>): boolean =>
  one.part === two.part && one.name === two.name;

function valueFor(variable: Pick<Parameter, 'part' | 'name'>, given: readonly Parameter[]): Parameter {
  const at = given.findIndex((one) => same(one, variable));
  const { part, name } = variable;
  const value = given[at]?.value.trim() ?? '';
  if (value === '') throw fault('template.parameters', `"${name}" of the ${part} is not filled in.`);
  if (unfit.test(value)) {
    throw fault(`template.parameters.${at}.value`, 'line breaks, tabs and rows of spaces are not allowed here.');
  }
  return { part, name, value };
}

/** The text with its variables filled: `{{1}}` or `{{name}}`. */
const filled = (text: string, part: string, parameters: readonly Parameter[]): string =>
  text.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (whole, name: string) => {
    return parameters.find((one) => one.part === part && one.name === name)?.value ?? whole;
  });

/**
 * A template with all that fills it, ready to be sent, and the text that people are shown of it. Rejects (`invalid`, with
 * the path of the fault) where a variable is missing, unknown or too long.
 */
export function fillTemplate(
  template: Pick<ApprovedTemplate, 'name' | 'language' | 'parts' | 'variables'>,
  given: readonly Parameter[],
): { text: string; approved: Approved } {
  const unknown = given.findIndex((one) => !template.variables.some((variable) => same(variable, one)));
  if (unknown >= 0) throw fault(`template.parameters.${unknown}.name`, 'the template has no such variable.');
  const parameters = template.variables.map((variable) => valueFor(variable, given));
  const parts = template.parts.map(({ part, text }) => ({ part, text: filled(text, part, parameters) }));
  const tooLong = parts.find(({ part, text }) => text.length > longest[part]);
  if (tooLong) {
    throw fault(
      'template.parameters',
      `filled in, the ${tooLong.part} is longer than ${longest[tooLong.part]} letters.`,
    );
  }
  const shown = parts.filter(({ part, text }) => part !== 'button' && text.trim() !== '');
  const { name, language } = template;
  return { text: shown.map(({ text }) => text).join('\n\n'), approved: { name, language, parameters } };
}
