import type { Card, FilledField } from '../../../src/channel/inbound.ts';
import { told } from './filled.ts';
import { short } from './short.ts';
import {
  readable,
  type WireCard,
  wireCard,
  wireCardAddress,
  wireCardEmail,
  wireCardPhone,
  wireCardUrl,
} from './wire.ts';

const nameOf = ({ name }: WireCard): string =>
  short(name?.formatted_name ?? [name?.first_name, name?.last_name].filter(Boolean).join(' '), 500);

const cardOf = (given: WireCard): Card => ({
  name: nameOf(given),
  phones: readable(wireCardPhone, given.phones)
    .flatMap(({ phone, wa_id }) => phone ?? (wa_id ? `+${wa_id}` : []))
    .map((one) => short(one, 100))
    .slice(0, 50),
  emails: readable(wireCardEmail, given.emails)
    .flatMap(({ email }) => (email ? [short(email, 320)] : []))
    .slice(0, 50),
});

const addressOf = ({ street, city, state, zip, country }: ReturnType<typeof wireCardAddress.parse>): string =>
  [street, city, state, zip, country].filter(Boolean).join(' · ');

/** What a card tells that has no place of its own; of several cards with the name that it is about. */
const furtherOf = (given: WireCard, isOneOfMany: boolean): FilledField[] => {
  const { company, department, title } = given.org ?? {};
  const addresses = readable(wireCardAddress, given.addresses).map((one) => ['address', addressOf(one)] as const);
  const urls = readable(wireCardUrl, given.urls).map(({ url }) => ['url', url] as const);
  const all = told([
    ['company', company],
    ['department', department],
    ['title', title],
    ...addresses,
    ...urls,
    ['birthday', given.birthday],
  ]);
  return isOneOfMany ? all.map((one) => ({ ...one, name: short(`${nameOf(given)}: ${one.name}`, 500) })) : all;
};

/** Contact cards, and as lines what they tell beyond name, numbers and addresses of mail. */
export function cardsOf(given: readonly unknown[]): { cards: Card[]; fields: FilledField[] } {
  const all = readable(wireCard, given).slice(0, 50);
  return { cards: all.map(cardOf), fields: all.flatMap((one) => furtherOf(one, all.length > 1)).slice(0, 200) };
}
