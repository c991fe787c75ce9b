/** Parts our own words from an id of the provider's, which has no such sign. */
const mark = '#';

/** An edit or a deletion may come under the id of the message that it speaks of, which is taken already. */
export const ownIdOf = (id: string, { kind, at }: { kind: string; at: string }): string => `${id}${mark}${kind}@${at}`;

/** The id as the provider gave it, where a message is kept under it or under one that we made of it; else null. */
export const givenIdOf = (externalId: string): string | null =>
  externalId.startsWith('wamid.') ? (externalId.split(mark)[0] ?? null) : null;
