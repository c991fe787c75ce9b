import type { GivenEvent, Place } from '../../../src/channel/inbound.ts';
import { short } from './lenient.ts';
import { attachmentOf, kindOf, type Media } from './media.ts';
import { odd, type Piece, type Reading, told } from './piece.ts';
import type { OtherPost, Person } from './post.ts';
import { displayNameOf } from './post-event.ts';
import { type Link, wordsOf } from './words.ts';

/** A private message, whichever body it came in. */
export interface Dm {
  id: string;
  senderId: string;
  /** All who take part, as far as the body tells; the sender too. */
  between: string[];
  isGroup: boolean;
  /** Name and handle of the sender, where known. */
  sender: Pick<Person, 'name' | 'username'> | null;
  sentAt: string;
  text: string;
  links: Link[];
  media: Media[];
  location: Place | null;
  /** What was chosen of the answers that we offered. */
  chosen: string | null;
  /** The post that it passes on. */
  post: OtherPost | null;
  raw: unknown;
}

type Content = Pick<
  Extract<GivenEvent, { event: 'message' }>,
  'kind' | 'text' | 'attachments' | 'detail' | 'location' | 'fields' | 'quickReplyId' | 'refersTo'
>;

/** Whether a message names encryption anywhere but in its words. */
function saysEncrypted(given: unknown): boolean {
  try {
    return /encrypt/i.test(JSON.stringify(given, (key, value: unknown) => (key === 'text' ? undefined : value)) ?? '');
  } catch {
    return false;
  }
}

/** Nothing can be read in it: people see at least that something came. */
const unreadable = (detail: string): Content => ({ kind: 'unsupported', text: '', attachments: [], detail });

const aboutOf = ({ post }: Dm): Pick<Content, 'fields' | 'refersTo'> => ({
  ...(post ? { refersTo: post.firstId } : {}),
  ...(post?.text?.trim() ? { fields: [{ name: 'post', value: short(post.text.trim(), 4000) }] } : {}),
});

function contentOf(dm: Dm): Content {
  const { text: whole, links, media, location, chosen } = dm;
  const text = wordsOf({ text: whole, links, isReply: false, ownHandle: null, hasFiles: media.length > 0 });
  const isEmpty = text.trim() === '' && media.length === 0 && location === null && chosen === null && dm.post === null;
  if (isEmpty) return unreadable(saysEncrypted(dm.raw) ? 'encrypted' : 'empty');
  return {
    kind: location ? 'location' : kindOf(media),
    text,
    attachments: media.map((one) => attachmentOf(one, dm.id)).slice(0, 100),
    ...aboutOf(dm),
    ...(location ? { location } : {}),
    ...(chosen ? { quickReplyId: short(chosen, 200) } : {}),
  };
}

type Private = 'inboxId' | 'externalId' | 'address' | 'conversationKey' | 'sentAt' | 'raw';
const placed = (dm: Dm, inboxId: string, other: string): Pick<Extract<GivenEvent, { event: 'message' }>, Private> => ({
  inboxId,
  externalId: dm.id,
  address: other,
  conversationKey: other,
  sentAt: dm.sentAt,
  raw: dm.raw,
});

function ownPiece(dm: Dm, { inboxId, sent }: Reading, other: string): Piece {
  if (sent.has(dm.id)) return told('own-sent');
  const { kind, text, attachments, location, refersTo } = contentOf(dm);
  const about = { ...(location ? { location } : {}), ...(refersTo ? { refersTo } : {}) };
  const event: GivenEvent = {
    event: 'own-message',
    ...placed(dm, inboxId, other),
    kind,
    text,
    attachments,
    ...about,
  };
  return { is: 'event', id: dm.id, event };
}

/** What a private message is for the inbox: of a person, or of somebody of ours who wrote from elsewhere. */
export function pieceOfDm(dm: Dm | null, reading: Reading): Piece {
  if (!dm) return odd('no-author');
  const others = [...new Set(dm.between)].filter((one) => one !== reading.self.id);
  const [other] = others;
  if (dm.isGroup || others.length > 1) return odd('group');
  if (other === undefined) return odd('no-other');
  if (dm.senderId === reading.self.id) return ownPiece(dm, reading, other);
  const displayName = dm.sender ? displayNameOf(dm.sender) : undefined;
  const event: GivenEvent = {
    event: 'message',
    ...placed(dm, reading.inboxId, other),
    visibility: 'private',
    automated: 'none',
    ...contentOf(dm),
    ...(displayName === undefined ? {} : { displayName }),
  };
  return { is: 'event', id: dm.id, event };
}
