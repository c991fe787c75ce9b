/** At most so many characters, never with half of one at the end. */
export const short = (text: string, most: number): string => text.slice(0, most).toWellFormed();
