import { createHash } from 'node:crypto';
import type { Identity, Person } from './person.ts';

/** Everybody the provider knows, by number and by user id. */
export interface People {
  /** Makes or finds a person; what is given is taken over. */
  of(who: string | Partial<Identity>): Person;
  byPhone(phone: string): Person | undefined;
  byUserId(userId: string): Person | undefined;
  all(): Person[];
}

/** The same digits for the same text, as many as asked for. */
const digitsOf = (text: string, count: number): string =>
  [...createHash('sha256').update(text).digest()]
    .map((byte) => byte % 10)
    .join('')
    .slice(0, count);

const identityOf = (given: Partial<Identity>): Identity => {
  const phone = given.phone ?? `9665${digitsOf(given.userId ?? 'somebody', 8)}`;
  return {
    userId: `SA.1${digitsOf(phone, 19)}`,
    name: `مستفيد ${phone.slice(-4)}`,
    // whoever is known by user id alone hides the number
    phoneHidden: given.userId !== undefined && given.phone === undefined,
    userIdHidden: false,
    ...given,
    phone,
  };
};

export function createPeople(create: (identity: Identity) => Person): People {
  const everybody: Person[] = [];
  const find = ({ phone, userId }: Partial<Identity>): Person | undefined =>
    everybody.find((one) => (userId !== undefined ? one.userId === userId : one.phone === phone));
  return {
    of(who) {
      const given = typeof who === 'string' ? { phone: who } : who;
      const known = find(given);
      if (known) return Object.assign(known, given);
      const person = create(identityOf(given));
      everybody.push(person);
      return person;
    },
    byPhone: (phone) => find({ phone }),
    byUserId: (userId) => everybody.find((one) => one.userId === userId || one.parentUserId === userId),
    all: () => [...everybody],
  };
}
