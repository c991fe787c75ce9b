import type { Message } from '../api/shapes.ts';

/** A sign that one side put at a message. */
export interface Reaction {
  emoji: string;
  isOurs: boolean;
}

/** What one message has to do with others. */
export interface About {
  /** The message that it answers, or speaks of; null where that is not among those that are loaded. */
  earlier: Message | null;
  /** The message that says it anew, the last of several. */
  edit: Message | null;
  reactions: readonly Reaction[];
}

const lineKinds: ReadonlySet<string> = new Set(['notice', 'edit', 'deletion', 'reaction']);

/** A message that is no utterance of its own: it tells of another one, or of the medium. */
export const isLine = ({ kind, hidden, direction }: Pick<Message, 'kind' | 'hidden' | 'direction'>): boolean =>
  !hidden && direction === 'inbound' && lineKinds.has(kind);

const idsOf = ({ externalId, deliveries }: Message): string[] => [
  externalId,
  ...deliveries.flatMap((one) => one.externalId ?? []),
];

const reactionsAt = (given: readonly Message[]): Reaction[] => {
  const last = new Map(given.map((one) => [one.direction, one.text.trim()]));
  return [...last].flatMap(([side, emoji]) => (emoji ? [{ emoji, isOurs: side === 'outbound' }] : []));
};

/** How the messages speak of each other, by message id; those that stand for themselves are not in it. */
export function relate(messages: readonly Message[]): ReadonlyMap<string, About> {
  const byExternalId = new Map(messages.flatMap((one) => idsOf(one).map((id) => [id, one] as const)));
  const earlierOf = ({ refersTo }: Message): Message | null => (refersTo ? (byExternalId.get(refersTo) ?? null) : null);
  const speaking = messages.filter(({ refersTo, hidden }) => refersTo !== null && !hidden);
  const spokenOf = Map.groupBy(speaking, (one) => earlierOf(one)?.id ?? null);
  const found = new Map<string, About>();
  for (const one of messages) {
    const later = spokenOf.get(one.id) ?? [];
    if (later.length === 0 && (one.refersTo === null || one.hidden)) continue;
    found.set(one.id, {
      earlier: earlierOf(one),
      edit: later.findLast(({ kind }) => kind === 'edit') ?? null,
      reactions: reactionsAt(later.filter(({ kind }) => kind === 'reaction')),
    });
  }
  return found;
}

/** The messages that have a place of their own: a reaction stands at the message that it is to, where that is loaded. */
export const withoutFolded = (
  messages: readonly Message[],
  relations: ReadonlyMap<string, About>,
): readonly Message[] =>
  messages.filter(({ id, kind, hidden }) => hidden || kind !== 'reaction' || !relations.get(id)?.earlier);
