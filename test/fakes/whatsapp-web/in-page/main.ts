import type { Order, Shape, Snapshot } from '../wire.ts';
import { makeIds } from './ids.ts';
import { openLink, session } from './link.ts';
import { callCollection, makeModules } from './modules.ts';
import { makeActions } from './sending.ts';
import { Login } from './session.ts';
import { Store } from './store.ts';

declare global {
  interface Window {
    fake: { url: string; shape: Shape; version: string };
    Debug: { VERSION: string };
  }
}

const { url, shape, version } = window.fake;
const link = openLink(url);
const ids = makeIds(shape);
const store = new Store(ids);
const login = new Login(link);
const stall = { on: false };
const actions = makeActions(store, link, ids);

interface ReactionTable {
  reactionTableMode: { bulkUpsert(reactions: unknown[]): void };
}

function react({ id, reaction, from, t }: Extract<Order, { do: 'react' }>): void {
  const message = store.byPlainId(id);
  if (!message) return;
  const table = (window as unknown as { require(name: string): ReactionTable }).require('WAWebAddonReactionTableMode');
  table.reactionTableMode.bulkUpsert([actions.reaction(message, reaction, ids.createWid(from), t)]);
}

const ring = ({ id, from }: Extract<Order, { do: 'call' }>): unknown =>
  callCollection.calls.set(id, { id, peerJid: ids.createWid(from), isVideo: false, isGroup: false, outgoing: false });

const doers: { [Name in Order['do']]: (order: Extract<Order, { do: Name }>) => unknown } = {
  linked: (order) => {
    fill(order.snapshot);
    return login.pair(order.session);
  },
  ref: ({ ref }) => login.showRef(ref),
  state: ({ state }) => login.socket.turn(state),
  trouble: ({ trouble }) => {
    login.conn.trouble = trouble;
  },
  resync: () => login.resync(),
  reload: () => setTimeout(() => location.reload(), 0),
  stall: ({ stalled }) => {
    stall.on = stalled;
  },
  logout: () => login.unlink(),
  person: ({ person }) => store.learn(person),
  chat: ({ chat }) => store.putChat(chat),
  add: ({ message, isNew }) => store.arrive(message, isNew),
  change: ({ id, set }) => store.change(id, set),
  remove: ({ id }) => store.remove(id),
  react,
  call: ring,
};

link.on('order', (order, done) => {
  (doers[order.do] as (one: Order) => unknown)(order);
  done();
});

/** Modules as far as a page has them that nobody has linked: the library may ask for them as soon as `Debug` is there. */
function expose({ me, ref, trouble }: Snapshot): void {
  const both = { phone: ids.createWid(`${me.phone}@c.us`), lid: ids.createWid(`${me.lid}@lid`) };
  const modules = makeModules({ link, ids, store, login, me: both, stall });
  const give = (name: string): unknown => {
    if (!(name in modules)) throw new Error(`Requiring unknown module "${name}"`);
    return modules[name];
  };
  Object.assign(window, { require: give });
  Object.assign(login.conn, { ref, pushname: me.pushname, trouble });
  window.Debug = { VERSION: version };
}

function fill(snapshot: Snapshot): void {
  for (const person of snapshot.people) store.learn(person);
  if (!snapshot.linked) return;
  for (const chat of snapshot.chats) store.putChat(chat);
  for (const message of snapshot.messages) store.file(message);
  store.loadNewest();
}

let isStarted = false;

/** The first snapshot makes the page; one after a broken line brings what was missed, as news. */
async function greet(): Promise<void> {
  const snapshot = await link.emitWithAck('hello', await session.read());
  if (isStarted) {
    for (const chat of snapshot.chats) store.putChat(chat);
    for (const message of snapshot.messages) store.arrive(message, true);
    return;
  }
  isStarted = true;
  fill(snapshot);
  expose(snapshot);
  if (snapshot.linked) await login.connect();
  else login.socket.turn(snapshot.idle ? 'UNPAIRED_IDLE' : 'UNPAIRED');
}

link.on('connect', () => {
  void greet();
});
