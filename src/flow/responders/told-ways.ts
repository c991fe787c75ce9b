import type { Responder } from '../context.ts';

/** A number or a mail address that the person tells in a private chat is kept, in whatever words it stands, where none is known. */
export const toldWays: Responder = ({ understood, contact, capabilities, turn }) => {
  if (capabilities.form !== 'chat' || turn.tapped) return null;
  const fields = {
    ...(understood.phone && !contact.phone ? { phone: understood.phone } : {}),
    ...(understood.email && !contact.email ? { email: understood.email } : {}),
  };
  const told = Object.keys(fields);
  if (told.length === 0) return null;
  return { actions: [{ do: 'know', fields }], reasons: [`told: ${told.join(', ')}`], end: false };
};
