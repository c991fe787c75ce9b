import type { InboxKind } from '../api/shapes.ts';

type Fields = InboxKind['fields'];

/** Settings that may be empty and yet stand with those that are needed: without them much of the channel is missing. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  'whatsapp-cloud': ['WABA_ID'],
  x: ['PUBLIC_REPLY', 'MONTHLY_BUDGET_USD'],
  sms: ['ACCOUNT', 'TOKEN', 'SENDER'],
};

/** Parts the settings of a kind, in their order, into those that are shown at once and those behind a lid. */
export function partFields({ channel, fields }: InboxKind): { first: Fields; further: Fields } {
  const isFirst = ({ name, required }: Fields[number]): boolean =>
    required || (wanted[channel]?.includes(name) ?? false);
  return { first: fields.filter(isFirst), further: fields.filter((field) => !isFirst(field)) };
}
