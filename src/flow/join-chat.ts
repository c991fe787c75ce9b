import type { Capabilities } from '../channel/capabilities.ts';
import type { QuickReply } from '../channel/outbound.ts';
import type { Words } from './say.ts';

const unique = (choices: readonly QuickReply[]): QuickReply[] => [
  ...new Map(choices.map((one) => [one.id, one])).values(),
];

const joined = (one: Words, other: Words): Words => ({
  text: `${one.text}\n\n${other.text}`,
  html: null,
  quickReplies: unique([...one.quickReplies, ...other.quickReplies]),
  template: other.template,
});

/**
 * What is said in a turn as few messages: one where it is short enough, for media that count each message to a person
 * (`Capabilities.joinUpTo`, in characters). The order stays; choices stand under the last.
 */
export function joinChat(sayings: readonly Words[], { joinUpTo }: Pick<Capabilities, 'joinUpTo'>): Words[] {
  const messages: Words[] = [];
  for (const saying of sayings) {
    const before = messages.at(-1);
    const together = before && joined(before, saying);
    if (together && together.text.length <= (joinUpTo ?? 0)) messages[messages.length - 1] = together;
    else messages.push(saying);
  }
  return messages;
}
