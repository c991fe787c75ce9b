import type { Capabilities } from '../channel/capabilities.ts';
import type { Channel, ChannelState, InboxState, Log, Login, Usage } from '../channel/channel.ts';
import type { ChannelKind, InboxSettings } from '../channel/kind.ts';
import { checkInbox, type GivenInbox } from './given-inboxes.ts';
import type { Inbox } from './inbox.ts';

/** One inbox as it stands now. */
export interface InboxView {
  id: string;
  kind: string;
  /** What staff call it; null where nobody named it. */
  name: string | null;
  origin: 'environment' | 'console';
  /** Null for one of the environment, which cannot be changed here. */
  version: number | null;
  departmentId: string | null;
  enabled: boolean;
  /** Its setting named ADDRESS, where people write to; null where its kind has none, or keeps it secret. */
  address: string | null;
  state: InboxState;
  reason: string | null;
  /** What a person must do to sign the account in; for administrators only. */
  login: Login | null;
  /** The number that people write to (E.164), once it is known. */
  phone: string | null;
  /** What it costs and how near its limits are; null where nobody counts. */
  usage: Usage | null;
  /** Null where it is not open. */
  capabilities: Capabilities | null;
}

/** How an inbox is: what only the process that runs it knows. */
export type Condition = Required<ChannelState>;

type Facts = Omit<InboxView, keyof Condition | 'capabilities'>;

/** An inbox, open or not; `fault` is why it is not what it should be. */
export interface Held {
  facts: Facts;
  channel: Channel | null;
  fault: string | null;
  /** Resolves when its start is over, well or not; null before it. */
  starting: Promise<void> | null;
  isStarted: boolean;
  /** The same inbox as if nothing had been done with it: a channel that was ended is not begun again. */
  again(): Held;
}

export interface HoldingDeps {
  kinds: readonly ChannelKind[];
  /** Makes the channel of an inbox; does no I/O. */
  create(kind: ChannelKind, inbox: InboxSettings): Channel;
  /** Its settings as they were given. Throws where they cannot be read. */
  valuesOf(inbox: Inbox): Readonly<Record<string, string>>;
  log: Log;
}

type Values = Readonly<Record<string, unknown>>;

function addressIn(kind: ChannelKind | undefined, values: Values | null): string | null {
  const address = kind?.settings?.secrets.includes('ADDRESS') ? null : values?.ADDRESS;
  return typeof address === 'string' ? address : null;
}

const given = ({ inboxId, kind }: GivenInbox, address: string | null): Facts => ({
  id: inboxId,
  kind,
  name: null,
  origin: 'environment',
  version: null,
  departmentId: null,
  enabled: true,
  address,
});

const stored = ({ id, kind, name, version, departmentId, enabled }: Inbox, address: string | null): Facts => ({
  id,
  kind,
  name,
  origin: 'console',
  version,
  departmentId,
  enabled,
  address,
});

/** The settings of a stored inbox as they were given; null where they cannot be read. */
function valuesIn(deps: HoldingDeps, inbox: Inbox): Readonly<Record<string, string>> | null {
  try {
    return deps.valuesOf(inbox);
  } catch (error) {
    deps.log.error({ err: error, inboxId: inbox.id }, 'the settings of an inbox cannot be read');
    return null;
  }
}

/** The values of a stored inbox as its kind wants them, or a sentence that says why it cannot be opened. */
function readyValues(kind: ChannelKind | undefined, inbox: Inbox, values: Readonly<Record<string, string>> | null) {
  if (!kind?.settings) return `There is no channel of the kind "${inbox.kind}" any more.`;
  if (!values) return 'Its settings cannot be read: they were stored under another encryption key. Enter them anew.';
  const checked = checkInbox(kind.settings, values);
  if ('values' in checked) return checked.values;
  return `Its settings do not hold any more: ${checked.faults.map(({ name, message }) => `${name} ${message}`).join('; ')}.`;
}

const untouched = { starting: null, isStarted: false } as const;

/** An inbox of the console, opened where it can be and not started. */
export function holdStored(deps: HoldingDeps, inbox: Inbox): Held {
  const kind = deps.kinds.find((one) => one.kind === inbox.kind);
  const settings = valuesIn(deps, inbox);
  const facts = stored(inbox, addressIn(kind, settings));
  const held = (channel: Channel | null, fault: string | null): Held => ({
    facts,
    channel,
    fault,
    ...untouched,
    again: () => holdStored(deps, inbox),
  });
  if (!inbox.enabled) return held(null, 'It is switched off.');
  const values = readyValues(kind, inbox, settings);
  if (!kind || typeof values === 'string') return held(null, String(values));
  return held(deps.create(kind, { inboxId: inbox.id, values }), null);
}

/** An inbox of the environment, opened and not started; none where its kind is not there. */
export function holdGiven(deps: HoldingDeps, inbox: GivenInbox): Held[] {
  const kind = deps.kinds.find((one) => one.kind === inbox.kind);
  if (!kind) return [];
  const facts = given(inbox, addressIn(kind, inbox.values));
  const again = (): Held => ({ facts, channel: deps.create(kind, inbox), fault: null, ...untouched, again });
  return [again()];
}

const closed = { state: 'stopped', login: null, phone: null, usage: null } as const;

/** How an inbox is that this process runs, or that nobody can. */
export function conditionOf({ channel, fault }: Held): Condition {
  if (!channel) return { ...closed, reason: fault };
  const now = channel.state();
  const isLost = fault !== null && (now.state === 'starting' || now.state === 'connected');
  if (isLost) return { ...closed, reason: fault };
  const { login = null, phone = null, usage = null } = now;
  return { state: now.state, reason: now.reason, login, phone, usage };
}
