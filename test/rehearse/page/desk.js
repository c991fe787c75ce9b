import { button, make, one } from './dom.js';
import { texts } from './texts/index.js';

/** What all places know. */
export const state = {
  language: new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'ar',
  people: [],
  places: [],
  isConnected: false,
  /** What has been is told; from now on things happen. */
  isLive: false,
  /** Whose name is written in. */
  phone: null,
  /** Which place is shown where there is room for one. */
  place: 'whatsapp',
  unread: new Map(),
};

/** The texts of the page, or of one place. */
export const words = (place) => (place ? texts[state.language][place] : texts[state.language]);

export const person = () => state.people.find(({ phone }) => phone === state.phone);
export const zone = () => (state.language === 'ar' ? 'ar-SA-u-nu-latn' : 'en-GB');
export const timeOf = (at) => new Intl.DateTimeFormat(zone(), { hour: 'numeric', minute: '2-digit' }).format(at);
export const dollars = (usd, digits = 3) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: digits }).format(usd);

const isVisible = (place) => one(`#${place}`)?.checkVisibility() ?? false;

/** Counts what came where nobody looks. */
export const noteUnread = (place, phone) => {
  if (!state.isLive || (phone === state.phone && isVisible(place))) return;
  const key = `${place} ${phone}`;
  state.unread.set(key, (state.unread.get(key) ?? 0) + 1);
};
export const unreadOf = (isMeant) =>
  [...state.unread].reduce((sum, [key, count]) => sum + (isMeant(...key.split(' ')) ? count : 0), 0);
export const forgetUnread = () => {
  for (const place of state.places) if (isVisible(place)) state.unread.delete(`${place} ${state.phone}`);
};

/** Why something was not done, in plain words: by whom, and by which status where nothing else is said. */
const sentenceOf = ({ by, status, detail }) => {
  const { trouble } = words();
  const known = trouble[by][status] ?? trouble[by][status >= 500 ? 'broken' : 'refused'];
  const code = [status > 0 ? status : null, detail].filter((part) => part !== null && part !== undefined);
  return [known, code.length > 0 ? `(${code.join(': ')})` : ''];
};

export const showTrouble = (place, trouble) => {
  const box = one(`#${place} .troubles`);
  const [sentence, code] = sentenceOf(trouble);
  const same = [...box.children].find((element) => element.dataset.said === sentence + code);
  const count = Number(same?.dataset.count ?? 0) + 1;
  same?.remove();
  const strip = make('div', 'trouble');
  strip.dataset.said = sentence + code;
  strip.dataset.count = String(count);
  const line = make('p', '', count > 1 ? `${sentence} ×${count} ` : `${sentence} `);
  const detail = make('bdi', '', code);
  detail.dir = 'ltr';
  line.append(detail);
  strip.append(
    line,
    button('close', { text: '×', name: words().close }, () => strip.remove()),
  );
  const others = box.querySelectorAll('.trouble:not(.health)');
  if (others.length > 1) others[0].remove();
  box.append(strip);
};

/** What Wasl itself says of the channel, in its own words; nothing where all is well. */
export const showHealth = (place, { reason }) => {
  const box = one(`#${place} .troubles`);
  one('.health', box)?.remove();
  if (!reason) return;
  const strip = make('div', 'trouble health');
  const line = make('p', '', `${words().waslSays} `);
  const said = make('bdi', '', reason);
  said.dir = 'auto';
  line.append(said);
  strip.append(line);
  box.prepend(strip);
};

const send = async (place, path, request) => {
  const answer = await fetch(path, { method: 'POST', ...request }).catch(() => null);
  if (!answer?.ok) showTrouble(place, { by: 'page', status: answer?.status ?? 0 });
  return answer?.ok ?? false;
};

/** Asks a place for something in the chosen person's name; whether it was done. */
export const post = (place, path, body) =>
  send(place, `${place}/${state.phone}/${path}`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export const postFile = (place, query, file) =>
  send(place, `${place}/${state.phone}/file?${new URLSearchParams(query)}`, {
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
