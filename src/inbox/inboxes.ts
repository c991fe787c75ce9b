import type { ChannelKind, KindSettings } from '../channel/kind.ts';
import { type Clock, iso } from '../clock.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { WaslError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { Store } from '../store/port.ts';
import { createConditions } from './conditions.ts';
import type { GivenInbox } from './given-inboxes.ts';
import { checkInbox } from './given-inboxes.ts';
import type { InboxView } from './held.ts';
import { type Inbox, inboxes } from './inbox.ts';
import { type KindForm, kindForms, maskSecrets } from './kind-fields.ts';
import { type OpenInboxes, type OpenInboxesDeps, openInboxes } from './open-inboxes.ts';
import { createRelay } from './relay.ts';
import { seal, unseal } from './seal.ts';

/** Settings as an administrator gives them: null or nothing but blanks takes one away. */
export type GivenValues = Readonly<Record<string, string | null>>;

export interface InboxChange {
  name?: string | undefined;
  /** Only what is named here changes. */
  values?: GivenValues | undefined;
  enabled?: boolean | undefined;
  departmentId?: string | null | undefined;
}

/** All inboxes, and what an administrator does to them. */
export interface Inboxes extends OpenInboxes {
  /** The names of all kinds of channels, set up or not. */
  kinds: readonly string[];
  /** The kinds that can be set up, with their fields. */
  forms: readonly KindForm[];
  /** The settings of an inbox of the console, without secrets; null for any other. */
  shown(id: string): Promise<Record<string, string | true> | null>;
  /** Rejects with `invalid` (faults by the setting's path). */
  add(kind: string, facts: InboxChange & { name: string; values: GivenValues }): Promise<InboxView>;
  /** Rejects with `not-found`, `not-allowed` (environment), `invalid`, `conflict` (another version). */
  change(id: string, version: number, change: InboxChange): Promise<InboxView>;
  /** Rejects with `not-found` and `not-allowed` (environment). */
  remove(id: string): Promise<void>;
}

export interface InboxesDeps {
  store: Store;
  cluster: Cluster;
  clock: Clock;
  ids: Ids;
  /** 32 bytes under which settings are sealed. */
  key: Buffer;
  kinds: readonly ChannelKind[];
  given: readonly GivenInbox[];
  create: OpenInboxesDeps['create'];
  log: OpenInboxesDeps['log'];
}

type Values = Readonly<Record<string, string>>;

/** Sealed settings hold what an administrator wrote and nothing else. */
const valuesOf = (key: Buffer, { id, values }: Pick<Inbox, 'id' | 'values'>): Values =>
  JSON.parse(unseal(key, id, values)) as Values;

const merged = (before: Values, change: GivenValues): Values =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );

function settingsOf(kinds: readonly ChannelKind[], name: string): KindSettings {
  const settings = kinds.find(({ kind }) => kind === name)?.settings;
  if (settings) return settings;
  throw new WaslError('invalid', 'body.channel: there is nothing to set up of this kind.');
}

function requireWell(settings: KindSettings, values: Values): void {
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(settings.shape, name));
  const checked = checkInbox(settings, values);
  const faults = [
    ...unknown.map((name) => ({ path: `body.values.${name}`, message: 'Unknown field.' })),
    ...('faults' in checked ? checked.faults : []).map(({ name, message }) => ({
      path: `body.values.${name}`,
      message,
    })),
  ];
  const [first] = faults;
  if (first) throw new WaslError('invalid', `${first.path}: ${first.message}`, { details: { faults } });
}

/** The settings that are there, as far as they can still be read. */
function readable(key: Buffer, inbox: Inbox): Values {
  try {
    return valuesOf(key, inbox);
  } catch {
    return {};
  }
}

async function allStored(store: Store): Promise<Inbox[]> {
  return (await store.find(inboxes, { index: 'by-created', limit: 1000 })).items;
}

interface Work extends InboxesDeps {
  open: OpenInboxes;
}

const viewOf = ({ open }: Work, id: string): InboxView => {
  const found = open.list().find((one) => one.id === id);
  if (!found) throw new WaslError('not-found', 'There is no such inbox.');
  return found;
};

async function changeable(work: Work, id: string): Promise<Inbox> {
  const inbox = await work.store.get(inboxes, id);
  if (inbox) return inbox;
  viewOf(work, id);
  throw new WaslError('not-allowed', 'This inbox is set up in the environment of the server: change it there.');
}

async function add(work: Work, kind: string, facts: Parameters<Inboxes['add']>[1]): Promise<InboxView> {
  const { store, ids, clock, key, open } = work;
  const values = merged({}, facts.values);
  requireWell(settingsOf(work.kinds, kind), values);
  const id = `${kind}-${ids.next()}`;
  const document: Inbox = {
    id,
    version: 1,
    kind,
    name: facts.name,
    values: seal(key, id, JSON.stringify(values)),
    departmentId: facts.departmentId ?? null,
    enabled: facts.enabled ?? true,
    createdAt: iso(clock.now()),
  };
  await store.write([{ op: 'insert', in: inboxes, document }]);
  await open.renew(id);
  return viewOf(work, id);
}

async function change(work: Work, id: string, version: number, asked: InboxChange): Promise<InboxView> {
  const { store, key, open, kinds } = work;
  const inbox = await changeable(work, id);
  const { values, ...plain } = asked;
  const next = values && merged(readable(key, inbox), values);
  if (next) requireWell(settingsOf(kinds, inbox.kind), next);
  const set = { ...plain, ...(next ? { values: seal(key, id, JSON.stringify(next)) } : {}) };
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
  const result = await store.write([{ op: 'update', in: inboxes, id, expect: version, set: given }]);
  if (!result.ok && result.reason === 'missing') throw new WaslError('not-found', 'There is no such inbox.');
  if (!result.ok) {
    const current = viewOf(work, id);
    const sentence = 'It was changed meanwhile: look at the current state and try again.';
    throw new WaslError('conflict', sentence, { details: { current } });
  }
  await open.renew(id);
  return viewOf(work, id);
}

async function remove(work: Work, id: string): Promise<void> {
  await changeable(work, id);
  await work.store.write([{ op: 'remove', in: inboxes, id }]);
  await work.open.renew(id);
}

async function shown({ store, key, kinds }: Work, id: string): Promise<Record<string, string | true> | null> {
  const inbox = await store.get(inboxes, id);
  const settings = inbox && kinds.find(({ kind }) => kind === inbox.kind)?.settings;
  return inbox && settings ? maskSecrets(settings, readable(key, inbox)) : null;
}

/** Takes what was changed in the store, by whatever process. Gives what ends it. */
function follow({ store, log }: InboxesDeps, opened: Promise<OpenInboxes>): () => void {
  const renew = async (id: string): Promise<void> => (await opened).renew(id);
  return store.watch((changes) => {
    const ids = new Set(changes.filter(({ collection }) => collection === inboxes.name).map(({ id }) => id));
    for (const id of ids)
      renew(id).catch((error: unknown) =>
        log.warn({ err: error, inboxId: id }, 'a changed inbox could not be read; it is tried again'),
      );
  });
}

async function openAll(deps: InboxesDeps): Promise<OpenInboxes> {
  const { store, key, cluster } = deps;
  const opening = {
    ...deps,
    read: (id: string) => store.get(inboxes, id),
    valuesOf: (inbox: Inbox) => valuesOf(key, inbox),
    conditions: createConditions({ ...deps, members: cluster.members }),
    relay: createRelay({ ...deps, bus: cluster.bus }),
  };
  return openInboxes(opening, { given: deps.given, stored: await allStored(store) });
}

/** The inboxes of this installation: those of the environment and those in the store, opened but not started. */
export async function createInboxes(deps: InboxesDeps): Promise<Inboxes> {
  const opening = Promise.withResolvers<OpenInboxes>();
  // what is changed while it is read is read again
  const unfollow = follow(deps, opening.promise);
  const open = await openAll(deps);
  opening.resolve(open);
  const work: Work = { ...deps, open };
  return {
    ...open,
    kinds: deps.kinds.map(({ kind }) => kind),
    forms: kindForms(deps.kinds),
    shown: (id) => shown(work, id),
    add: (kind, facts) => add(work, kind, facts),
    change: (id, version, asked) => change(work, id, version, asked),
    remove: (id) => remove(work, id),
    async stop() {
      unfollow();
      await open.stop();
    },
  };
}
