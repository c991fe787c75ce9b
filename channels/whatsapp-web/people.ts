import { z } from 'zod';
import type { ChannelDeps } from '../../src/channel/channel.ts';
import { within } from '../../src/channel/wait.ts';
import { BoundedMap } from './bounded.ts';
import type { WaClient } from './client.ts';
import { readWid } from './parse.ts';

/** Whose chat it is, in the words of the contract. */
export interface Person {
  /** Where answers go: `digits@c.us` where the number is known, else the hidden id. */
  address: string;
  /** The hidden id (LID), which stays the same when the number changes. */
  identity?: string;
  /** E.164. */
  phone?: string;
}

export interface People {
  /** Whose chat this is. Asks the page once; where it does not answer, what the id itself tells. */
  of(client: WaClient, chat: string): Promise<Person>;
  /** The chat in which an address last wrote; null where it did not since the start. */
  chatOf(address: string): string | null;
  note(address: string, chat: string): void;
  /** All ids under which WhatsApp may keep this chat. */
  namesOf(chat: string): string[];
}

const lookupMs = 8_000;
const askAgainMs = 600_000;
const most = 10_000;

const pairs = z.array(z.object({ lid: z.unknown().optional(), pn: z.unknown().optional() })).catch([]);

const isLid = (id: string): boolean => /^\d+@lid$/.test(id);
const isNumber = (id: string): boolean => /^\d{5,15}@c\.us$/.test(id);

/** True for a chat with one person: no group, list, channel or status, and not WhatsApp's own notices (`0@c.us`). */
export const isPrivate = (chat: string): boolean => isLid(chat) || isNumber(chat);

const personOf = (lid: string | null, number: string | null, chat: string): Person => {
  const digits = number?.slice(0, number.indexOf('@')) ?? '';
  return {
    address: number ?? lid ?? chat,
    ...(lid ? { identity: lid } : {}),
    ...(/^\d{7,15}$/.test(digits) ? { phone: `+${digits}` } : {}),
  };
};

async function ask(
  clock: ChannelDeps['clock'],
  client: WaClient,
  chat: string,
): Promise<[string | null, string | null]> {
  const said = await within(clock, lookupMs, client.getContactLidAndPhone([chat])).catch(() => []);
  const [found] = pairs.parse(said);
  const [lid, number] = [readWid(found?.lid), readWid(found?.pn)];
  return [isLid(lid) ? lid : null, isNumber(number) ? number : null];
}

/** Who is behind the ids of chats: WhatsApp names one person now by number, now by a hidden id (channel-facts 1.3). */
export function createPeople(clock: ChannelDeps['clock']): People {
  const known = new BoundedMap<{ person: Person; until: number }>(most);
  const chats = new BoundedMap<string>(most);
  return {
    async of(client, chat) {
      const before = known.get(chat);
      if (before && before.until > clock.now()) return before.person;
      const [lid, number] = await ask(clock, client, chat);
      const person = personOf(isLid(chat) ? chat : lid, isNumber(chat) ? chat : number, chat);
      const isWhole = person.identity !== undefined && person.phone !== undefined;
      known.set(chat, { person, until: isWhole ? Number.POSITIVE_INFINITY : clock.now() + askAgainMs });
      return person;
    },
    chatOf: (address) => chats.get(address) ?? null,
    note: (address, chat) => void chats.set(address, chat),
    namesOf(chat) {
      const person = known.get(chat)?.person;
      return [...new Set([chat, person?.address, person?.identity].filter((one) => one !== undefined))];
    },
  };
}
