import { z } from 'zod';
import { type Contact, contacts } from '../../contact/contact.ts';
import { WaslError } from '../../errors.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, time } from '../fields.ts';
import { getOr404 } from '../find-page.ts';
import { type AnyRoute, route } from '../route.ts';

const purpose = 'contact-phone';

function numberOf({ phone }: Contact): string {
  if (phone) return phone;
  throw new WaslError('not-allowed', 'No telephone number of this person is known: note it first.');
}

const send = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/contacts/:id/phone-code',
    summary: "Send six digits to a contact's phone, to be told to whoever is on the line; they count for five minutes",
    tag: 'Contacts',
    access: 'contacts.change',
    params: byId,
    reply: z.object({ countsUntil: time }),
    async handle({ params, by }) {
      const contact = await getOr404(deps.store, contacts, params.id, 'contact');
      const language = contact.language ?? deps.organisation().organisation.defaultLanguage;
      return deps.codes.send({ purpose, phone: numberOf(contact), network: `staff ${by.id}`, language });
    },
  });

const tell = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/contacts/:id/phone-code/told',
    summary: 'What the person told of the code; right digits prove the number, once',
    tag: 'Contacts',
    access: 'contacts.change',
    params: byId,
    body: z.strictObject({ digits: z.string().min(1).max(20) }),
    reply: z.object({ outcome: z.enum(['right', 'wrong', 'over']) }),
    async handle({ params, body, by }) {
      const { store, codes } = deps;
      const contact = await getOr404(store, contacts, params.id, 'contact');
      const phone = numberOf(contact);
      const told = { purpose, phone, network: `staff ${by.id}`, digits: body.digits };
      const outcome = await codes.tell(told);
      if (outcome === 'right')
        await store.write([{ op: 'update', in: contacts, id: contact.id, set: { provenPhone: phone } }]);
      return { outcome };
    },
  });

/** Proving that a number is in the hand of whoever gives it. */
export const phoneCodeRoutes = (deps: HttpDeps): AnyRoute[] => [send(deps), tell(deps)];
