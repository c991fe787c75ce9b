import type { Contact, Inbox } from '../api/shapes.ts';

/** Why an inbox cannot be written from to this person; null where it can. */
type Obstacle = 'no-phone' | 'no-address';

/** An inbox from which somebody may be written to first. */
export interface WayToStart {
  inbox: Inbox;
  obstacle: Obstacle | null;
  /** Free words only follow the person's own; a template goes at any time. */
  byTemplate: boolean;
}

type Person = Pick<Contact, 'phone' | 'email' | 'addresses'>;

function obstacleFor({ id, capabilities }: Inbox, { phone, email, addresses }: Person): Obstacle | null {
  if (addresses.some(({ inboxId }) => inboxId === id)) return null;
  if (capabilities?.phones) return phone ? null : 'no-phone';
  return capabilities?.form === 'letter' && email ? null : 'no-address';
}

/** The inboxes from which this person may be written to first, those that reach them first. */
export function waysToStart(inboxes: readonly Inbox[], person: Person, without: string | null = null): WayToStart[] {
  const able = inboxes.filter((one) => one.id !== without && one.enabled && one.capabilities?.canStart);
  const ways = able.map((inbox) => ({
    inbox,
    obstacle: obstacleFor(inbox, person),
    byTemplate: inbox.capabilities?.replyWindowHours != null,
  }));
  return ways.toSorted((one, other) => Number(one.obstacle !== null) - Number(other.obstacle !== null));
}
