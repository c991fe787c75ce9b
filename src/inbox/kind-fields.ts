import { z } from 'zod';
import type { ChannelKind, KindSettings } from '../channel/kind.ts';

/** One thing that an inbox of a kind is set up with, for a form. */
export interface KindField {
  name: string;
  /** One sentence, in English. */
  help: string;
  /** Nobody is shown its value again. */
  secret: boolean;
  required: boolean;
  default: string | null;
  /** Where only certain words are taken. */
  choices: string[] | null;
}

export interface KindForm {
  channel: string;
  fields: KindField[];
}

const described = z.object({
  description: z.string().default(''),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  enum: z.array(z.string()).optional(),
});

function fieldOf(name: string, schema: z.ZodType, secret: boolean): KindField {
  const facts = described.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return {
    name,
    help: facts.description,
    secret,
    required: !schema.safeParse(undefined).success,
    default: facts.default === undefined ? null : String(facts.default),
    choices: facts.enum ?? null,
  };
}

const fieldsOf = ({ shape, secrets }: KindSettings): KindField[] =>
  Object.entries(shape).map(([name, schema]) => fieldOf(name, schema, secrets.includes(name)));

/** The kinds of which an administrator can set up inboxes, each with its fields in their order. */
export const kindForms = (kinds: readonly ChannelKind[]): KindForm[] =>
  kinds.flatMap(({ kind, settings }) => (settings ? [{ channel: kind, fields: fieldsOf(settings) }] : []));

/** What may be shown of a secret: of an address of a server who signs in where, of anything else that there is one. */
function masked(value: string): string | true {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(value) || !URL.canParse(value)) return true;
  const { protocol, username, host } = new URL(value);
  return host === '' ? true : `${protocol}//${username ? `${username}@` : ''}${host}`;
}

/** Settings as they may be shown: no secret among them. */
export const maskSecrets = (
  { secrets }: Pick<KindSettings, 'secrets'>,
  values: Readonly<Record<string, string>>,
): Record<string, string | true> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, secrets.includes(name) ? masked(value) : value]),
  );
