import type { OutboundTemplate } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';

type Parameter = OutboundTemplate['parameters'][number];

/** Page "Templates": a value holds no line ends, tabs or more than four blanks in a row. */
const filling = ({ name, value }: Parameter): string => {
  const text = value.replace(/\s+/g, ' ').trim();
  if (text === '') throw new SendError('message-invalid', `The place "${name}" of the template is empty.`);
  return text;
};

const isNumber = ({ name }: Parameter): boolean => /^\d+$/.test(name);

/** Counted places in their order, without a name; named ones by it. */
function textsOf(parameters: readonly Parameter[]): object[] {
  const counted = parameters.every(isNumber);
  const ordered = counted ? parameters.toSorted((a, b) => Number(a.name) - Number(b.name)) : parameters;
  return ordered.map((one) => ({
    type: 'text',
    ...(counted ? {} : { parameter_name: one.name }),
    text: filling(one),
  }));
}

/** A picture, film or document above the text is given by its address. No variable of the provider's has a hyphen. */
export const mediaPlace = /^(image|video|document)-link$/;

function headerOf(parameters: readonly Parameter[]): object[] {
  const [first] = parameters;
  if (!first) return [];
  const kind = mediaPlace.exec(first.name)?.[1];
  const filled = kind ? [{ type: kind, [kind]: { link: filling(first) } }] : textsOf(parameters);
  return [{ type: 'header', parameters: filled }];
}

/** A button that opens an address is named by its place: `url-0`. */
export const buttonPlace = /^url-(\d)$/;

const buttonOf = (parameter: Parameter): object => {
  const index = buttonPlace.exec(parameter.name)?.[1];
  if (index === undefined)
    throw new SendError('message-invalid', `The template has no button of the name "${parameter.name}".`);
  return { type: 'button', sub_type: 'url', index, parameters: [{ type: 'text', text: filling(parameter) }] };
};

/** A template as the provider wants it, with its places filled. */
export function templateOf({ name, language, parameters }: OutboundTemplate): object {
  const of = (part: Parameter['part']): Parameter[] => parameters.filter((one) => one.part === part);
  const body = of('body');
  const components = [
    ...headerOf(of('header')),
    ...(body.length > 0 ? [{ type: 'body', parameters: textsOf(body) }] : []),
    ...of('button').map(buttonOf),
  ];
  return { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) };
}
