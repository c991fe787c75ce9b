import { type Message, quietKinds } from '../message/message.ts';

/** Emoji that say yes or no to "did this help?": a thumb is often the only answer (lessons 28). */
const yes = /^(?:👍|👌|❤|♥|🙏|💯|✅|😊|🌹|🤝|👏|💚)/u;
const no = /^(?:👎|❌|😡|😠|😞|☹|🙁)/u;

/** What a reaction says to a yes-or-no question; null where it may mean anything. */
export function reactionSays({ kind, text }: Pick<Message, 'kind' | 'text'>): 'yes' | 'no' | null {
  if (kind !== 'reaction') return null;
  const emoji = text.trim();
  return yes.test(emoji) ? 'yes' : no.test(emoji) ? 'no' : null;
}

/**
 * What a person says now by all they sent before anybody looked at it: changed words count as changed, those taken back as
 * not said, and what only speaks of an earlier message is no words of theirs.
 */
export function saidNow(arrived: readonly Message[]): Message[] {
  const newest = new Map<string, Message>();
  for (const one of arrived)
    if (one.refersTo && (one.kind === 'edit' || one.kind === 'deletion')) newest.set(one.refersTo, one);
  return arrived.flatMap((message) => {
    if (quietKinds.has(message.kind)) return [];
    const changed = newest.get(message.externalId);
    if (!changed) return [message];
    return changed.kind === 'deletion' ? [] : [{ ...message, text: changed.text }];
  });
}
