import type { Message } from '../api/shapes.ts';
import { isLine } from './relations.ts';

/** The field under which a channel gives the words of a post that another one speaks of. */
const postField = 'post';

/** The words of the posts that a message speaks of. */
export const postsOf = ({ fields }: Pick<Message, 'fields'>): string[] =>
  fields.filter(({ name, value }) => name === postField && value.trim() !== '').map(({ value }) => value);

/** What was filled in besides. */
export const furtherFields = ({ fields }: Pick<Message, 'fields'>): Message['fields'] =>
  fields.filter(({ name }) => name !== postField);

/** The channel, else the host, to which a link leads; null where it is none that may be opened. */
export function siteOf(link: string | undefined): string | null {
  if (!link || !URL.canParse(link)) return null;
  const { protocol, hostname } = new URL(link);
  if (protocol !== 'https:') return null;
  return /^(?:www\.|mobile\.)?(?:x|twitter)\.com$/.test(hostname) ? 'x' : hostname;
}

const isPost = (message: Message): boolean =>
  message.direction === 'inbound' && !isLine(message) && message.deletedAt === null && message.automated === 'none';

/** The post that a public reply answers: the last one that programs may answer, else the last; null where none is there. */
export function postToAnswer(messages: readonly Message[]): Message | null {
  const posts = messages.filter(isPost);
  return posts.findLast(({ answerable }) => answerable !== false) ?? posts.at(-1) ?? null;
}
