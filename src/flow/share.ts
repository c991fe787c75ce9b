import type { FlowDeps } from './deps.ts';

type Deps = Pick<FlowDeps, 'channels' | 'members' | 'serves'>;

/** Whether only one process at a time may serve an inbox. */
const runsAlone = ({ channels }: Pick<Deps, 'channels'>, inboxId: string): boolean =>
  channels.get(inboxId)?.runsAlone === true;

/** Whether looking after something of an inbox falls to this process: where only it serves the inbox, everything of it does. */
export const fallsToUs = (deps: Deps, inboxId: string, key: string): boolean =>
  deps.serves(inboxId) && (runsAlone(deps, inboxId) || deps.members.isMine(key));

/** Among how many processes the pace of an inbox is shared. */
export const sharedAmong = (deps: Deps, inboxId: string): number =>
  runsAlone(deps, inboxId) ? 1 : deps.members.count();

/** The inboxes that this process serves and no other does. */
export const servedAlone = (deps: Deps): string[] =>
  [...deps.channels.keys()].filter((inboxId) => runsAlone(deps, inboxId) && deps.serves(inboxId));
