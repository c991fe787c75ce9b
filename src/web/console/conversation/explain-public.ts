/** Reasons of the assistant in public conversations, by the text that says them. */
export const publicPlain = {
  'public: an agent has the conversation': 'agentHas',
  'public: nothing but a link': 'postOnlyLink',
  'public: many tags': 'postManyTags',
  'public: many accounts are named': 'postManyNames',
  'public: it promotes something': 'postPromotes',
  'public: a complaint in hostile words': 'postHostileComplaint',
  'public: a question in hostile words': 'postHostileQuestion',
  'public: hostile words and nothing else': 'postHostile',
  'public: hostile words that may hold a complaint': 'postHostileMaybe',
  'public: words of danger beside idle talk': 'postDangerIdle',
  'public: words of danger': 'postDanger',
  'public: a greeting, a thanks or a sign only': 'postGreeting',
  'public: idle talk': 'postIdle',
  'public: a question or a request': 'postQuestion',
  'public: nothing is asked of us': 'postNothing',
  'public: a picture or a file without words': 'postMedia',
  'public: no words': 'postNoWords',
  'public: it may want something of us': 'postMaybe',
  'public: the inbox leaves public answers to people': 'publicByPeople',
  'public: the rules of the medium let no program answer this post': 'publicBarred',
  'public: hostile words are not answered in public': 'publicNotHostile',
  'public: this matter was answered in another thread of this person': 'publicAnswered',
  'public: this matter was answered in public some time ago': 'publicAnsweredLongAgo',
  'public: this person was answered today, and it may be the same matter in other words': 'publicAnsweredToday',
  'public: this person was answered often enough today': 'publicEnough',
  'public: invites to a private message': 'publicInvites',
  'public: we spoke here before': 'publicBefore',
  'came from: tied to the public conversation': 'cameFrom',
  'came from: tied to the public conversation, with a matter of its own': 'cameFromOther',
} as const;

export const publicShaped = [
  ['addedTo', /^public: added to (?<number>\d+)$/],
  ['says', /^public: answers with "(?<articles>[^"]+)"$/],
  ['ticketOf', /^public: an? (?<type>[a-z]+) \((?<confidence>[\d.]+)\), service .+$/],
  ['postType', /^public: an? (?<type>[a-z]+)$/],
  ['cameFromTicket', /^came from: goes on with the public post of (?<number>\d+)$/],
] as const;

const screened = new Set<string>([
  'postOnlyLink',
  'postManyTags',
  'postManyNames',
  'postPromotes',
  'postHostile',
  'postGreeting',
  'postIdle',
  'postNothing',
  'postNoWords',
]);

/** That nobody need look at a post, of which this is said. */
export const isScreened = (key: string | null): boolean => key !== null && screened.has(key);

/** That a decision was made on public posts, where silence is as much worth explaining as words. */
export const isOnPosts = ({ reasons }: { reasons: readonly string[] }): boolean =>
  reasons.some((reason) => reason.startsWith('public: '));
