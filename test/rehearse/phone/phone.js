import { drawLine, refreshLine } from './line.js';
import { texts } from './texts.js';

const one = (selector) => document.querySelector(selector);
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const state = {
  language: new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'ar',
  people: [],
  isDown: false,
  isConnected: false,
  phone: null,
  /** Whose chat is on the screen. */
  shown: null,
  chats: new Map(),
  unread: new Map(),
  typing: new Map(),
};

const words = () => texts[state.language];
const person = () => state.people.find(({ phone }) => phone === state.phone);
const chat = (phone) => {
  if (!state.chats.has(phone)) state.chats.set(phone, new Map());
  return state.chats.get(phone);
};

const post = (path, body) =>
  fetch(`phone/${state.phone}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const say = (said) => post('say', said);

const hue = (phone) => (Number(phone.slice(-4)) * 47) % 360;

const drawPerson = (who) => {
  const button = make('button', 'person');
  button.type = 'button';
  button.setAttribute('aria-pressed', String(who.phone === state.phone));
  button.style.setProperty('--hue', hue(who.phone));
  button.append(make('span', 'face', [...who.name][0]));
  const label = make('span');
  const hidden = who.isHidden ? (who.username ? `@${who.username}` : words().hiddenTag) : `+${who.phone}`;
  const under = make('small');
  const number = make('bdi', '', hidden);
  number.dir = 'auto';
  under.append(number);
  label.append(make('span', '', who.name), under);
  button.append(label);
  const count = state.unread.get(who.phone) ?? 0;
  if (count > 0) button.append(make('span', 'unread', String(count)));
  button.addEventListener('click', () => choose(who.phone));
  return button;
};

const drawPeople = () => {
  const more = make('button', 'person new');
  more.type = 'button';
  more.append(make('span', 'face', '+'), make('span', '', words().newPerson));
  more.addEventListener('click', addPerson);
  one('#people').replaceChildren(...state.people.map(drawPerson), more);
};

const drawSwitches = () => {
  const who = person();
  const all = [
    ['later', who?.isLate],
    ['hidden', who?.isHidden],
    ['blocked', who?.isBlocked],
    ['down', state.isDown],
  ];
  one('#switches').replaceChildren(
    ...all.map(([name, on]) => {
      const label = make('label', 'switch');
      const input = make('input');
      input.type = 'checkbox';
      input.id = `switch-${name}`;
      input.setAttribute('role', 'switch');
      input.checked = Boolean(on);
      // what is over cannot be turned back: writing opens the window again
      input.disabled = name === 'later' && Boolean(on);
      input.addEventListener('change', () => post('switch', { name, on: input.checked }));
      label.append(make('span', '', words()[name]), make('small', '', words()[`${name}Hint`]), input);
      return label;
    }),
  );
};

const drawPresence = () => {
  const isTyping = (state.typing.get(state.phone) ?? 0) > Date.now();
  one('#presence').textContent = isTyping ? words().typing : words().online;
};

const openList = (line) => {
  const sheet = one('#sheet');
  one('#sheet-title').textContent = line.list.label;
  const parts = line.list.sections.flatMap(({ title, rows }) => [
    ...(title ? [make('h3', '', title)] : []),
    ...rows.map((row) => {
      const button = make('button', 'row', row.title);
      button.type = 'button';
      if (row.description) button.append(make('small', '', row.description));
      button.addEventListener('click', () => {
        sheet.close();
        say({ kind: 'row', id: row.id, title: row.title, description: row.description, to: line.id });
      });
      return button;
    }),
  ]);
  one('#rows').replaceChildren(...parts);
  sheet.show();
};

const tap = (line, button) => {
  if (button.kind === 'place') say({ kind: 'location' });
  else
    say({ kind: button.kind === 'template' ? 'template' : 'button', id: button.id, title: button.title, to: line.id });
};

const react = (line, emoji) => say({ kind: 'reaction', emoji, to: line.id });

const how = () => ({ words: words(), language: state.language, openList, tap, react });

/** A line below the last one, or what has changed of one that is there. */
const showLine = (line) => {
  const lines = one('#lines');
  const there = [...lines.children].find((element) => element.dataset.id === line.id);
  if (there) return refreshLine(there, line, how());
  lines.querySelector('.empty')?.remove();
  const isTurn = !lines.lastElementChild?.classList.contains(`${line.by}-line`);
  const wasAtEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80;
  lines.append(drawLine(line, { ...how(), isTurn }));
  if (wasAtEnd || line.by === 'person') lines.scrollTop = lines.scrollHeight;
};

const drawLines = () => {
  const shown = [...chat(state.phone).values()];
  one('#lines').replaceChildren(...(shown.length > 0 ? [] : [make('p', 'empty', words().empty)]));
  for (const line of shown) showLine(line);
  one('#lines').scrollTop = one('#lines').scrollHeight;
};

const drawTexts = () => {
  document.documentElement.lang = state.language;
  document.documentElement.dir = state.language === 'ar' ? 'rtl' : 'ltr';
  document.title = words().title;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = words()[element.dataset.text];
  one('#language').textContent = words().language;
  one('#language').lang = state.language === 'ar' ? 'en' : 'ar';
  one('#phone').setAttribute('aria-label', words().service);
  one('#lines').setAttribute('aria-label', words().service);
  one('#people').setAttribute('aria-label', words().people);
  one('#text').placeholder = words().write;
  one('#text').setAttribute('aria-label', words().write);
  for (const [id, name] of [
    ['send', 'send'],
    ['attach', 'attach'],
    ['mic', 'voice'],
  ]) {
    one(`#${id}`).setAttribute('aria-label', words()[name]);
    one(`#${id}`).title = words()[name];
  }
  one('#connection').className = state.isConnected ? 'on' : '';
  one('#connection').textContent = state.isConnected ? words().connected : words().disconnected;
};

const drawAll = () => {
  drawTexts();
  drawPeople();
  drawSwitches();
  drawPresence();
  drawLines();
};

function choose(phone) {
  state.phone = phone;
  state.shown = phone;
  state.unread.delete(phone);
  one('#sheet').close();
  drawAll();
  one('#text').focus();
}

/** The next number after the last one: the provider knows whoever is spoken of. */
function addPerson() {
  const next = String(Math.max(...state.people.map(({ phone }) => Number(phone))) + 1);
  state.phone = next;
  post('switch', { name: 'hidden', on: false });
}

const hear = (news) => {
  if (news.kind === 'people') {
    Object.assign(state, { people: news.people, isDown: news.isDown, isConnected: news.isConnected });
    const before = state.shown;
    state.phone ??= news.people[0]?.phone ?? null;
    state.shown = state.phone;
    if (before !== state.phone) return drawAll();
    drawTexts();
    drawPeople();
    drawSwitches();
    return;
  }
  if (news.kind === 'typing') {
    state.typing.set(news.phone, Date.now() + 25_000);
    setTimeout(drawPresence, 25_100);
    return drawPresence();
  }
  const isNew = !chat(news.phone).has(news.line.id);
  chat(news.phone).set(news.line.id, news.line);
  if (isNew && news.line.by === 'service') state.typing.delete(news.phone);
  if (news.phone === state.phone) {
    drawPresence();
    return showLine(news.line);
  }
  if (isNew && news.line.by === 'service') state.unread.set(news.phone, (state.unread.get(news.phone) ?? 0) + 1);
  drawPeople();
};

const field = one('#text');
const showSend = () => {
  const isEmpty = field.value.trim() === '';
  one('#send').hidden = isEmpty;
  one('#mic').hidden = !isEmpty;
};

const showTray = (on) => {
  one('#tray').hidden = !on;
  one('#attach').setAttribute('aria-expanded', String(on));
};

field.addEventListener('input', showSend);
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  one('#write').requestSubmit();
});
one('#write').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  field.value = '';
  showSend();
  say({ kind: 'text', text });
});
one('#sheet-close').addEventListener('click', () => one('#sheet').close());
one('#sheet').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') one('#sheet').close();
});
one('#mic').addEventListener('click', () => say({ kind: 'voice' }));
one('#attach').addEventListener('click', () => showTray(one('#tray').hidden));
one('#place').addEventListener('click', () => {
  showTray(false);
  say({ kind: 'location' });
});
one('#file').addEventListener('change', async (event) => {
  const [file] = event.target.files;
  event.target.value = '';
  showTray(false);
  if (!file) return;
  const query = new URLSearchParams({ name: file.name, caption: field.value.trim() });
  field.value = '';
  showSend();
  await fetch(`phone/${state.phone}/file?${query}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
});
// a picture grows when it has come: the last line stays in sight
one('#lines').addEventListener(
  'load',
  ({ currentTarget: lines, target }) => {
    const wasAtEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < target.height + 80;
    if (wasAtEnd) lines.scrollTop = lines.scrollHeight;
  },
  true,
);
one('#language').addEventListener('click', () => {
  state.language = state.language === 'ar' ? 'en' : 'ar';
  drawAll();
});

const listen = () => {
  const source = new EventSource('phone/events');
  source.addEventListener('message', (event) => hear(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    state.isConnected = false;
    drawTexts();
  });
};

drawTexts();
listen();
