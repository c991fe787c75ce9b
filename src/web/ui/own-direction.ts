/**
 * Lets the words in a field decide its direction, once there are any: an empty one keeps to the page. The kit's own `dir`
 * goes to the frame around the field, where "auto" sees no words.
 */
export const ownDirection = (words: string): { input: { dir?: 'auto' } } => ({ input: words ? { dir: 'auto' } : {} });
