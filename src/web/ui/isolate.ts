/** Words of a person inside a sentence of ours: kept apart, so that neither turns the other's order (UAX 9). */
export const isolate = (words: string): string => `\u2068${words}\u2069`;
