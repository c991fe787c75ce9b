import type { Decision, Message } from '../api/shapes.ts';
import { dayOf } from '../time/format.ts';
import { isLine } from './relations.ts';

/** Messages of one author in a row, shown under one name. */
export interface Group {
  id: string;
  author: Message['author'];
  agentId: string | null;
  agentName: string | null;
  /** A single message that is no utterance: it stands as a line between the others. */
  isLine: boolean;
  messages: Message[];
}

/** What was said on one calendar day of the organisation's zone. */
export interface Day {
  /** As `2026-11-25`. */
  day: string;
  at: string;
  groups: Group[];
}

const pauseMs = 10 * 60_000;

const belongs = (group: Group, message: Message): boolean => {
  const last = group.messages.at(-1);
  return (
    last !== undefined &&
    !group.isLine &&
    !isLine(message) &&
    group.author === message.author &&
    group.agentId === message.agentId &&
    Date.parse(message.receivedAt) - Date.parse(last.receivedAt) < pauseMs
  );
};

const begin = (message: Message): Group => ({
  id: message.id,
  author: message.author,
  agentId: message.agentId,
  agentName: message.agentName,
  isLine: isLine(message),
  messages: [message],
});

/** Messages in their order as days and, within a day, groups of one author without a long pause. */
export function groupMessages(messages: readonly Message[], timeZone: string): Day[] {
  const days: Day[] = [];
  for (const message of messages) {
    const day = dayOf(timeZone, message.receivedAt);
    if (days.at(-1)?.day !== day) days.push({ day, at: message.receivedAt, groups: [] });
    const groups = days.at(-1)?.groups ?? [];
    const group = groups.at(-1);
    if (group && belongs(group, message)) group.messages.push(message);
    else groups.push(begin(message));
  }
  return days;
}

/**
 * Which message explains which decision: the last one that the decision wrote; where it wrote nothing, the last one that it
 * was made on. `silent` are decisions whose silence is of interest. Gives decision ids by message id.
 */
export function decisionsShownAt(
  messages: readonly Message[],
  silent: Iterable<Pick<Decision, 'id' | 'messageIds'>> = [],
): ReadonlyMap<string, string> {
  const spoken = new Map<string, string>();
  const unspoken = new Map<string, string>();
  const loaded = new Set(messages.map(({ id }) => id));
  for (const { id, messageIds } of silent) {
    const last = messageIds.findLast((one) => loaded.has(one));
    if (last !== undefined) unspoken.set(id, last);
  }
  for (const { id, decisionId, author } of messages) {
    if (!decisionId) continue;
    if (author === 'assistant') spoken.set(decisionId, id);
    else if (author === 'contact') unspoken.set(decisionId, id);
  }
  const shown = [...unspoken, ...spoken].filter(([decision, message]) => (spoken.get(decision) ?? message) === message);
  return new Map(shown.map(([decision, message]) => [message, decision]));
}
