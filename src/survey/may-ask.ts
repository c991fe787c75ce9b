/** After a person was asked for a rating, they are left in peace for so long, in ms. */
export const restMs = 24 * 3_600_000;

/** What decides whether a person is asked what they thought of the service. Times are ISO. */
export interface Occasion {
  now: string;
  /** When this person was last asked, in whatever conversation; null for never. */
  lastAskedAt: string | null;
  isPrivateChat: boolean;
  /** Until when free words are allowed; null where there is no such limit. */
  replyUntil: string | null;
  /** The channel has a reply window at all. */
  hasWindow: boolean;
  blocked: boolean;
  optedOut: boolean;
  /** The matter was a death, a danger, or one for few eyes. */
  grave: boolean;
  /** An agent or the assistant did something for the person. */
  served: boolean;
}

const rules: readonly [why: string, holds: (one: Occasion) => boolean][] = [
  ['it is no private chat', ({ isPrivateChat }) => !isPrivateChat],
  ['the person is blocked', ({ blocked }) => blocked],
  ['the person does not want to be written to', ({ optedOut }) => optedOut],
  ['nobody served the person', ({ served }) => !served],
  ['the matter was a grave one', ({ grave }) => grave],
  ['the reply window is closed', ({ hasWindow, replyUntil, now }) => hasWindow && (replyUntil ?? '') <= now],
  [
    'the person was asked within a day',
    ({ lastAskedAt, now }) => lastAskedAt !== null && Date.parse(now) - Date.parse(lastAskedAt) < restMs,
  ],
];

/** Why no rating is asked for here, as a few words for the agent to read; null where it is asked for. Pure. */
export const whyNotAsked = (occasion: Occasion): string | null =>
  rules.find(([, holds]) => holds(occasion))?.[0] ?? null;
