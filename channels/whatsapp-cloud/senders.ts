import { jsonOf } from './parse.ts';
import { digitsOf } from './payload/person.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (given: unknown): Fields => (typeof given === 'object' && given !== null ? (given as Fields) : {});
const listOf = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : []);

/** The lists of a change that hold what people say, and the fields of their members that name somebody. */
const naming: Readonly<Record<string, readonly string[]>> = {
  messages: ['from', 'from_user_id'],
  contacts: ['wa_id', 'user_id'],
  message_echoes: ['to', 'to_user_id'],
  user_preferences: ['wa_id', 'user_id'],
  calls: ['from', 'to', 'from_user_id'],
};
/** Who somebody was before and is now. */
const moving = ['wa_id', 'new_wa_id', 'user_id', 'previous_user_id'];

const named = (given: unknown, fields: readonly string[]): unknown[] => fields.map((field) => fieldsOf(given)[field]);

function namesIn(value: unknown): unknown[] {
  const given = fieldsOf(value);
  // those who stand beside receipts say nothing
  const isSaid = ['messages', 'calls'].some((list) => listOf(given[list]).length > 0);
  const lists = Object.entries(naming).flatMap(([list, fields]) =>
    list === 'contacts' && !isSaid ? [] : [{ members: listOf(given[list]), fields }],
  );
  return lists.flatMap(({ members, fields }) =>
    members.flatMap((one) => [...named(one, fields), ...named(fieldsOf(one).system, moving)]),
  );
}

/** A number however it is written, or a user id. */
const nameOf = (given: unknown): string[] => {
  const text = typeof given === 'number' ? String(given) : given;
  return typeof text === 'string' && text !== '' ? [(digitsOf(text) ?? text).slice(0, 512).toWellFormed()] : [];
};

/** Everybody whose words a post may hold, by number and by user id; nobody where it cannot be read. Receipts are no words. */
export function sendersOf(raw: string): string[] {
  const changes = listOf(fieldsOf(jsonOf(raw)).entry).flatMap((entry) => listOf(fieldsOf(entry).changes));
  return [...new Set(changes.flatMap((change) => namesIn(fieldsOf(change).value)).flatMap(nameOf))];
}
