import { z } from 'zod';
import { type Address, addresses, type Contact, contact } from '../../contact/contact.ts';
import type { Store } from '../../store/port.ts';

export const contactReply = contact
  .pick({
    id: true,
    version: true,
    name: true,
    entity: true,
    category: true,
    language: true,
    preferredChannel: true,
    mutedChannels: true,
    phone: true,
    email: true,
    blockedAt: true,
    createdAt: true,
    privacyVersion: true,
    joinedTo: true,
  })
  .extend({
    /** A code that was sent to the number was told by whoever gives it. */
    phoneProven: z.boolean(),
    addresses: z.array(z.object({ channel: z.string(), inboxId: z.string(), address: z.string() })),
  })
  .meta({ id: 'Contact' });
export type ContactReply = z.infer<typeof contactReply>;

/** A number as people or WhatsApp write it, such as `+966 50 000 0000` or `966500000000@c.us`. */
const phone = /^\+?\d[\d\s()-]{5,20}\d(@[\w.]+)?$/;

/** All but the last two digits of a phone hidden. What is no phone stays as it is. */
export const maskPhone = (text: string): string => (phone.test(text) ? text.replace(/\d(?=(?:\D*\d){2})/g, '•') : text);

/** The addresses of several contacts, by contact. */
async function addressesOf(store: Store, ids: readonly string[]): Promise<Map<string, Address[]>> {
  const all: Address[] = [];
  let cursor: string | undefined;
  if (ids.length === 0) return new Map();
  do {
    const page = await store.find(addresses, {
      index: 'by-contact',
      where: { contactId: { in: ids } },
      limit: 1000,
      cursor,
    });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return Map.groupBy(all, ({ contactId }) => contactId);
}

/** Contacts as the API shows them; `masked` hides phones, as in every list. */
export async function presentContacts(
  store: Store,
  found: readonly Contact[],
  { masked }: { masked: boolean },
): Promise<ContactReply[]> {
  const known = await addressesOf(
    store,
    found.map(({ id }) => id),
  );
  const shown = masked ? maskPhone : (text: string) => text;
  return found.map(({ provenPhone, ...one }) => ({
    ...one,
    phoneProven: one.phone !== null && one.phone === provenPhone,
    phone: one.phone && shown(one.phone),
    addresses: (known.get(one.id) ?? []).map(({ channel, inboxId, address }) => ({
      channel,
      inboxId,
      address: shown(address),
    })),
  }));
}
