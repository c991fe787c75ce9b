import type { Capabilities } from '../channel/capabilities.ts';
import type { Channel, InboxState, Log, Login, Sink, Usage } from '../channel/channel.ts';
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

type Facts = Omit<InboxView, 'state' | 'reason' | 'login' | 'phone' | 'usage' | 'capabilities'>;

/** An inbox, open or not; `fault` is why it is not what it should be. */
interface Held {
  facts: Facts;
  channel: Channel | null;
  fault: string | null;
}

export interface OpenInboxes {
  /** What is open at this moment, by inbox; the map itself stays the same. */
  readonly channels: ReadonlyMap<string, Channel>;
  list(): InboxView[];
  departmentOf(inboxId: string): string | null;
  /** Starts all that is open, all at once; one that cannot start never stops the others. */
  start(sinkOf: (inboxId: string) => Sink): Promise<void>;
  /** Takes an inbox of the console as the store now has it: closes what is open of it and opens it anew. */
  renew(id: string): Promise<void>;
  stop(): Promise<void>;
}

export interface OpenInboxesDeps {
  kinds: readonly ChannelKind[];
  /** Makes the channel of an inbox; does no I/O. */
  create(kind: ChannelKind, inbox: InboxSettings): Channel;
  /** The inbox as the store has it. */
  read(id: string): Promise<Inbox | null>;
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
function valuesIn(deps: OpenInboxesDeps, inbox: Inbox): Readonly<Record<string, string>> | null {
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

function holdStored(deps: OpenInboxesDeps, inbox: Inbox): Held {
  const kind = deps.kinds.find((one) => one.kind === inbox.kind);
  const settings = valuesIn(deps, inbox);
  const facts = stored(inbox, addressIn(kind, settings));
  const closed = (fault: string): Held => ({ facts, channel: null, fault });
  if (!inbox.enabled) return closed('It is switched off.');
  const values = readyValues(kind, inbox, settings);
  if (!kind || typeof values === 'string') return closed(String(values));
  return { facts, channel: deps.create(kind, { inboxId: inbox.id, values }), fault: null };
}

function holdGiven(deps: OpenInboxesDeps, inbox: GivenInbox): Held[] {
  const kind = deps.kinds.find((one) => one.kind === inbox.kind);
  return kind
    ? [{ facts: given(inbox, addressIn(kind, inbox.values)), channel: deps.create(kind, inbox), fault: null }]
    : [];
}

function viewOf({ facts, channel, fault }: Held): InboxView {
  const closed = { state: 'stopped', reason: fault, login: null, phone: null, usage: null } as const;
  if (!channel) return { ...facts, ...closed, capabilities: null };
  const now = channel.state();
  const { login = null, phone = null, usage = null } = now;
  const isLost = fault !== null && (now.state === 'starting' || now.state === 'connected');
  return { ...facts, ...(isLost ? closed : { ...now, login, phone, usage }), capabilities: channel.capabilities };
}

/** Runs what concerns one inbox one after the other. */
function createLanes() {
  const tails = new Map<string, Promise<void>>();
  return {
    run(id: string, work: () => Promise<void>): Promise<void> {
      const done = (tails.get(id) ?? Promise.resolve()).then(work, work);
      tails.set(id, done);
      const forget = () => void (tails.get(id) === done && tails.delete(id));
      done.then(forget, forget);
      return done;
    },
    idle: () => Promise.allSettled(tails.values()),
  };
}

/**
 * Holds every inbox of this process: those that the environment gives, and those of the console as they come, change
 * and go while it runs.
 */
export function openInboxes(
  deps: OpenInboxesDeps,
  first: { given: readonly GivenInbox[]; stored: readonly Inbox[] },
): OpenInboxes {
  const held = new Map<string, Held>();
  const channels = new Map<string, Channel>();
  const lanes = createLanes();
  let sinkOf: ((inboxId: string) => Sink) | null = null;
  const hold = (one: Held): void => {
    held.set(one.facts.id, one);
    if (one.channel) channels.set(one.facts.id, one.channel);
  };
  const start = async (one: Held): Promise<void> => {
    try {
      if (sinkOf) await one.channel?.start(sinkOf(one.facts.id));
    } catch (error) {
      one.fault = 'It could not start; the log says why.';
      deps.log.error({ err: error, inboxId: one.facts.id }, 'an inbox could not start');
    }
  };
  const close = async (id: string): Promise<void> => {
    const channel = held.get(id)?.channel;
    channels.delete(id);
    try {
      await channel?.stop();
    } catch (error) {
      deps.log.error({ err: error, inboxId: id }, 'an inbox could not stop');
    }
  };
  const renew = async (id: string): Promise<void> => {
    await close(id);
    const inbox = await deps.read(id);
    if (!inbox) return void held.delete(id);
    const one = holdStored(deps, inbox);
    hold(one);
    // a server that does not answer holds up nobody who waits for the change
    void start(one);
  };
  for (const one of first.given.flatMap((inbox) => holdGiven(deps, inbox))) hold(one);
  for (const inbox of first.stored) hold(holdStored(deps, inbox));
  return {
    channels,
    list: () => [...held.values()].map(viewOf),
    departmentOf: (inboxId) => held.get(inboxId)?.facts.departmentId ?? null,
    async start(by) {
      sinkOf = by;
      await Promise.all([...held.values()].map(start));
    },
    renew: (id) => lanes.run(id, () => renew(id)),
    async stop() {
      sinkOf = null;
      await lanes.idle();
      await Promise.all([...held.keys()].map(close));
    },
  };
}
