import { z } from 'zod';
import type { ProviderTemplate } from '../../src/channel/channel.ts';
import { SendError } from '../../src/channel/send-error.ts';
import type { Graph } from './graph.ts';

const mostPages = 100;
const fields = 'name,language,status,category,components';

const text = z.string().optional().catch(undefined);
const examples = z.array(z.string()).optional().catch(undefined);
const named = z
  .array(z.object({ param_name: z.string(), example: z.string() }))
  .optional()
  .catch(undefined);

const component = z.object({
  type: z.string().transform((type) => type.toUpperCase()),
  format: text,
  text,
  example: z
    .object({
      header_text: examples,
      header_text_named_params: named,
      body_text: z.array(z.array(z.string())).optional().catch(undefined),
      body_text_named_params: named,
    })
    .optional()
    .catch(undefined),
  buttons: z
    .array(z.object({ type: text, text, url: text, example: examples }))
    .optional()
    .catch(undefined),
});
type Component = z.infer<typeof component>;

const listed = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string().catch(''),
  components: z.array(component).catch([]),
});
type Listed = z.infer<typeof listed>;

const page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: text }).optional(), next: text })
    .optional()
    .catch(undefined),
});

const statuses = new Map<string, ProviderTemplate['status']>([
  ['APPROVED', 'approved'],
  ['PENDING', 'pending'],
  ['IN_APPEAL', 'pending'],
  ['REJECTED', 'rejected'],
  ['PAUSED', 'paused'],
  ['DISABLED', 'disabled'],
]);

const placesOf = (words: string): string[] => [
  ...new Set([...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)),
];

type Variable = ProviderTemplate['variables'][number];

/** Variables of a text, each with the example that was sent in with it. */
function variablesIn(part: 'header' | 'body', { text: words = '', example }: Component): Variable[] {
  const byName = part === 'header' ? example?.header_text_named_params : example?.body_text_named_params;
  const byPlace = part === 'header' ? example?.header_text : example?.body_text?.[0];
  return placesOf(words).map((name, at) => {
    const known = byName?.find((one) => one.param_name === name)?.example ?? byPlace?.[at];
    return { part, name, example: known ?? '' };
  });
}

const buttonVariables = ({ buttons = [] }: Component): Variable[] =>
  buttons.flatMap(({ type, url = '', example }, at): Variable[] =>
    placesOf(url).length > 0 || type === 'OTP'
      ? [{ part: 'button', name: `url-${at}`, example: example?.[0] ?? '' }]
      : [],
  );

/** A header that is a picture, film or document is filled by an address (`outgoing/template.ts`). */
const mediaHeader = ({ format }: Component): Variable[] => {
  const kind = format?.toLowerCase() ?? '';
  return ['image', 'video', 'document'].includes(kind) ? [{ part: 'header', name: `${kind}-link`, example: '' }] : [];
};

const variablesOf = (one: Component): Variable[] => {
  if (one.type === 'HEADER') return [...mediaHeader(one), ...variablesIn('header', one)];
  if (one.type === 'BODY') return variablesIn('body', one);
  return one.type === 'BUTTONS' ? buttonVariables(one) : [];
};

const parts = new Map([
  ['HEADER', 'header'],
  ['BODY', 'body'],
  ['FOOTER', 'footer'],
] as const);

const partsOf = ({ type, text: words, buttons = [] }: Component): ProviderTemplate['parts'] => {
  const part = parts.get(type as 'HEADER');
  const own = part && words ? [{ part, text: words }] : [];
  return [...own, ...buttons.flatMap((one) => (one.text ? [{ part: 'button' as const, text: one.text }] : []))];
};

const templateOf = ({ name, language, status, category, components }: Listed): ProviderTemplate => ({
  name,
  language,
  category: category.toLowerCase(),
  status: statuses.get(status.toUpperCase()) ?? 'other',
  parts: components.flatMap(partsOf),
  variables: components.flatMap(variablesOf),
});

/** All templates of a business account. By cursors, never by the addresses in the answer, which the token must not follow. */
export async function listTemplates(graph: Graph, businessAccountId: string): Promise<ProviderTemplate[]> {
  const found: ProviderTemplate[] = [];
  let after = '';
  for (let at = 0; at < mostPages; at += 1) {
    const query = new URLSearchParams({ fields, limit: '100', ...(after ? { after } : {}) });
    const read = page.safeParse(await graph.call(`${businessAccountId}/message_templates?${query}`));
    if (!read.success) throw new SendError('unexpected-response', 'WhatsApp did not list its templates.');
    found.push(...read.data.data.flatMap((one) => listed.safeParse(one).data ?? []).map(templateOf));
    after = read.data.paging?.cursors?.after ?? '';
    if (!read.data.paging?.next || !after) break;
  }
  return found;
}
