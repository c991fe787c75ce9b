import { keepEnd, make } from './dom.js';
import { drawLine, refreshLine } from './line.js';

/** The lines of each person by their ids, in order. */
export const createChats = () => {
  const chats = new Map();
  const of = (phone) => {
    if (!chats.has(phone)) chats.set(phone, new Map());
    return chats.get(phone);
  };
  return {
    of,
    /** Whether it is a new line of the service. */
    keep({ phone, line }) {
      const isNew = !of(phone).has(line.id) && line.by === 'service';
      of(phone).set(line.id, line);
      return isNew;
    },
  };
};

export const elementOf = (list, { id }) => [...list.children].find((element) => element.dataset.id === id);

/** The first line of a turn stands apart from the one before. */
export const beginsTurn = (before, { by }) => !before?.classList.contains(`${by}-line`);

/** Adds a line at the end. */
export const appendLine = (list, line, how) => {
  list.querySelector('.empty')?.remove();
  const isTurn = beginsTurn(list.lastElementChild, line);
  keepEnd(list, () => list.append(drawLine(line, { ...how, isTurn })), line.by === 'person');
};

/** A line below the last one, or what has changed of one that is there. */
export const showLine = (list, line, how) => {
  const there = elementOf(list, line);
  if (there) refreshLine(there, line, how);
  else appendLine(list, line, how);
};

/** All lines anew, seen from their end; where there are none, what is said instead. */
export const showAll = (list, lines, empty, show) => {
  list.replaceChildren(...(lines.length > 0 ? [] : [make('p', 'empty', empty)]));
  for (const line of lines) show(line);
  list.scrollTop = list.scrollHeight;
};
