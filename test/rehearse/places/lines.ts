import type { News, PlaceName, Stage } from '../place.ts';

/** What was written with each person, told to the pages as it comes and as it changes. */
export interface Lines<Line extends { id: string }> {
  of(phone: string): Map<string, Line>;
  put(phone: string, line: Line): void;
  /** Nothing where there is no such line. */
  change(phone: string, id: string, more: Partial<Line>): void;
  /** Everything so far. */
  news(): News[];
}

/** `kind` is what the page calls such a line in this place. */
export function createLines<Line extends { id: string }>(
  place: PlaceName,
  kind: string,
  { tell }: Pick<Stage, 'tell'>,
): Lines<Line> {
  const chats = new Map<string, Map<string, Line>>();
  const of = (phone: string): Map<string, Line> => {
    const chat = chats.get(phone) ?? new Map<string, Line>();
    chats.set(phone, chat);
    return chat;
  };
  const newsOf = (phone: string, line: Line): News => ({ place, kind, phone, line });
  const put = (phone: string, line: Line): void => {
    of(phone).set(line.id, line);
    tell(newsOf(phone, line));
  };
  return {
    of,
    put,
    change(phone, id, more) {
      const line = of(phone).get(id);
      if (line) put(phone, { ...line, ...more });
    },
    news: () => [...chats].flatMap(([phone, chat]) => [...chat.values()].map((line) => newsOf(phone, line))),
  };
}
