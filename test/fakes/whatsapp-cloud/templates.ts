import type { ApiError } from './errors.ts';
import type { MessageRequest } from './schema.ts';
import type { TemplateComponent } from './schema-template.ts';

type Template = Extract<MessageRequest, { type: 'template' }>['template'];

/** A template as the business account lists it. */
export interface ListedTemplate {
  id: string;
  name: string;
  language: string;
  status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  parameter_format: 'NAMED' | 'POSITIONAL';
  components: ListedComponent[];
}

export type ListedComponent =
  | { type: 'HEADER'; format: 'TEXT'; text: string; example?: unknown }
  | { type: 'HEADER'; format: 'IMAGE' | 'VIDEO' | 'DOCUMENT'; example?: unknown }
  | { type: 'BODY'; text: string; example?: unknown }
  | { type: 'FOOTER'; text: string }
  | { type: 'BUTTONS'; buttons: ListedButton[] };

export type ListedButton =
  | { type: 'QUICK_REPLY'; text: string }
  | { type: 'URL'; text: string; url: string; example?: string[] }
  | { type: 'PHONE_NUMBER'; text: string; phone_number: string };

/** Names or numbers of the places in a text: `{{1}}`, `{{ticket}}`. */
export const placesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)),
];

const componentOf = <Kind extends ListedComponent['type']>(
  template: ListedTemplate,
  type: Kind,
): Extract<ListedComponent, { type: Kind }> | undefined =>
  template.components.find((one): one is Extract<ListedComponent, { type: Kind }> => one.type === type);

const buttonsOf = (template: ListedTemplate): ListedButton[] => componentOf(template, 'BUTTONS')?.buttons ?? [];

interface Parameter {
  type: string;
  text?: string;
  parameter_name?: string;
}

const countFault = (where: string, given: number, expected: number): ApiError => ({
  code: 132000,
  details: `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
});

const textFault = (
  where: string,
  text: string,
  given: readonly Parameter[],
  template: ListedTemplate,
): ApiError | null => {
  const places = placesOf(text);
  if (given.length !== places.length) return countFault(where, given.length, places.length);
  if (template.parameter_format === 'POSITIONAL') {
    const named = given.some(({ parameter_name }) => parameter_name !== undefined);
    return named ? { code: 132012, details: `${where}: parameter_name is for named parameters only` } : null;
  }
  const missing = places.some((name) => !given.some(({ parameter_name }) => parameter_name === name));
  return missing ? { code: 100, message: 'Invalid parameter', details: 'Parameter name is missing or empty' } : null;
};

const parametersOf = (components: readonly TemplateComponent[], type: 'header' | 'body'): Parameter[] =>
  components.flatMap((one) => (one.type === type ? [...(one.parameters as Parameter[])] : []));

const headerFault = (template: ListedTemplate, components: readonly TemplateComponent[]): ApiError | null => {
  const header = componentOf(template, 'HEADER');
  const given = parametersOf(components, 'header');
  if (!header) return given.length > 0 ? countFault('header', given.length, 0) : null;
  if (header.format === 'TEXT') return textFault('header', header.text, given, template);
  const format = header.format.toLowerCase();
  if (given.length === 0) return countFault('header', 0, 1);
  const details = `header: Format mismatch, expected ${header.format}, received ${given[0]?.type.toUpperCase()}`;
  return given[0]?.type === format ? null : { code: 132012, details };
};

const buttonFault = (template: ListedTemplate, components: readonly TemplateComponent[]): ApiError | null => {
  const buttons = buttonsOf(template);
  const given = components.filter((one) => one.type === 'button');
  const astray = given.find((one) => buttons[Number(one.index)]?.type !== one.sub_type.toUpperCase());
  if (astray) {
    return { code: 132012, details: `buttons: there is no button of type ${astray.sub_type} at index ${astray.index}` };
  }
  const bare = buttons.findIndex(
    (button, at) =>
      button.type === 'URL' && placesOf(button.url).length > 0 && !given.some(({ index }) => Number(index) === at),
  );
  if (bare < 0) return null;
  return { code: 131008, details: `buttons: Button at index ${bare} of type Url requires a parameter` };
};

/** Why a template may not be sent as asked, or null. */
export function templateFault(templates: readonly ListedTemplate[], asked: Template): ApiError | null {
  const { name, language, components = [] } = asked;
  const found = templates.find((one) => one.name === name && one.language === language.code);
  const absent = { code: 132001, details: `template name (${name}) does not exist in ${language.code}` };
  if (!found || found.status === 'PENDING' || found.status === 'REJECTED') return absent;
  if (found.status === 'PAUSED') return { code: 132015, details: 'Template is paused due to low quality.' };
  if (found.status === 'DISABLED') return { code: 132016, details: 'Template is disabled.' };
  const body = componentOf(found, 'BODY')?.text ?? '';
  return (
    headerFault(found, components) ??
    textFault('body', body, parametersOf(components, 'body'), found) ??
    buttonFault(found, components)
  );
}

/** What a template says with its places filled, as the person reads it. */
export function renderTemplate(
  templates: readonly ListedTemplate[],
  asked: Template,
): { header: string; body: string; footer: string; buttons: ListedButton[] } {
  const found = templates.find((one) => one.name === asked.name && one.language === asked.language.code);
  const fill = (text: string, type: 'header' | 'body'): string => {
    const given = parametersOf(asked.components ?? [], type);
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name: string) => {
      const parameter = given.find((one) => one.parameter_name === name) ?? given[Number(name) - 1];
      return parameter?.text ?? place;
    });
  };
  if (!found) return { header: '', body: asked.name, footer: '', buttons: [] };
  const header = componentOf(found, 'HEADER');
  return {
    header: header?.format === 'TEXT' ? fill(header.text, 'header') : '',
    body: fill(componentOf(found, 'BODY')?.text ?? '', 'body'),
    footer: componentOf(found, 'FOOTER')?.text ?? '',
    buttons: buttonsOf(found),
  };
}
