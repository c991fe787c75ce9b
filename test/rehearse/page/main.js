import { forgetUnread, noteUnread, post, showHealth, showTrouble, state, unreadOf, words } from './desk.js';
import { button, make, one } from './dom.js';
import { sms } from './sms.js';
import { whatsapp } from './whatsapp.js';
import { x } from './x.js';

const all = { whatsapp, x, sms };
const places = () => state.places.map((name) => all[name]);

const hue = (phone) => (Number(phone.slice(-4)) * 47) % 360;

const drawPerson = (who) => {
  const element = button('person', {}, () => choose(who.phone));
  element.setAttribute('aria-pressed', String(who.phone === state.phone));
  element.style.setProperty('--hue', hue(who.phone));
  element.append(make('span', 'face', [...who.name][0]));
  const label = make('span');
  const under = make('small');
  const number = make('bdi', '', whatsapp.nameOf(who) ?? `+${who.phone}`);
  number.dir = 'auto';
  under.append(number);
  label.append(make('span', '', who.name), under);
  element.append(label);
  const count = unreadOf((_place, phone) => phone === who.phone);
  if (count > 0) element.append(make('span', 'unread', String(count)));
  return element;
};

const drawPeople = () => {
  const more = button('person new', {}, addPerson);
  more.append(make('span', 'face', '+'), make('span', '', words().newPerson));
  one('#people').replaceChildren(...state.people.map(drawPerson), more);
};

const drawSwitch = (place, { name, on, isFixed = false }) => {
  const label = make('label', 'switch');
  const input = make('input');
  input.type = 'checkbox';
  input.id = `switch-${place.name}-${name}`;
  input.setAttribute('role', 'switch');
  input.checked = on;
  input.disabled = isFixed;
  input.addEventListener('change', async () => {
    if (!(await post(place.name, 'switch', { name, on: input.checked }))) input.checked = on;
  });
  const texts = words(place.name);
  label.append(make('span', '', texts[name]), make('small', '', texts[`${name}Hint`]), input);
  return label;
};

const drawSwitches = () => {
  const focus = document.activeElement?.id;
  one('#switches').replaceChildren(
    ...places().map((place) => {
      const group = make('div', 'switches');
      group.dataset.place = place.name;
      if (state.places.length > 1) group.append(make('h3', '', words().place[place.name]));
      group.append(...place.switches().map((each) => drawSwitch(place, each)));
      return group;
    }),
  );
  if (focus?.startsWith('switch-')) document.getElementById(focus)?.focus();
};

const drawTabs = () => {
  one('#tabs').replaceChildren(
    ...state.places.map((name) => {
      const tab = button('tab', { text: words().place[name] }, () => go(name));
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', name);
      tab.setAttribute('aria-selected', String(name === state.place));
      const count = unreadOf((place) => place === name);
      if (count > 0) tab.append(make('span', 'unread', String(count)));
      return tab;
    }),
  );
};

/** The text of a key such as `x.public`. */
const wordOf = (key) => key.split('.').reduce((inner, part) => inner[part], words());

const drawTexts = () => {
  document.documentElement.lang = state.language;
  document.documentElement.dir = state.language === 'ar' ? 'rtl' : 'ltr';
  document.title = words().title;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = wordOf(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) {
    const name = wordOf(element.dataset.label);
    element.setAttribute('aria-label', name);
    if (element.matches('button, label')) element.title = name;
    if (element.matches('textarea')) element.placeholder = name;
  }
  one('#language').textContent = words().language;
  one('#language').lang = state.language === 'ar' ? 'en' : 'ar';
  one('#connection').className = state.isConnected ? 'on' : '';
  one('#connection').textContent = state.isConnected ? words().connected : words().disconnected;
};

const drawAside = () => {
  drawPeople();
  drawSwitches();
  drawTabs();
};

const drawAll = () => {
  document.body.dataset.places = String(state.places.length);
  document.body.dataset.place = state.place;
  for (const name of Object.keys(all)) one(`#${name}`).hidden = !state.places.includes(name);
  for (const element of document.querySelectorAll('.frame'))
    element.classList.toggle('shown', element.id === state.place);
  drawTexts();
  forgetUnread();
  drawAside();
  for (const place of places()) place.draw();
};

function go(name) {
  state.place = name;
  drawAll();
}

function choose(phone) {
  state.phone = phone;
  drawAll();
  one(`#${state.place} textarea`).focus();
}

/** Whoever comes has the next number, and is written for at once. */
async function addPerson() {
  const answer = await fetch('people', { method: 'POST' }).catch(() => null);
  if (!answer?.ok) return showTrouble(state.place, { by: 'page', status: answer?.status ?? 0 });
  choose((await answer.json()).phone);
}

const hearCast = ({ people, places: names, isConnected }) => {
  Object.assign(state, { people, places: names, isConnected });
  state.phone ??= people[0]?.phone ?? null;
  drawAll();
};

const hear = (news) => {
  if (news.kind === 'live') state.isLive = true;
  if (news.kind === 'cast') hearCast(news);
  if (news.place === null) return;
  if (news.kind === 'trouble') return showTrouble(news.place, news);
  if (news.kind === 'health') return showHealth(news.place, news);
  const isNewTo = all[news.place].hear(news);
  if (isNewTo) noteUnread(news.place, isNewTo);
  if (news.kind === 'state') drawAside();
  else if (isNewTo) {
    drawPeople();
    drawTabs();
  }
};

const listen = () => {
  const source = new EventSource('events');
  source.addEventListener('message', (event) => hear(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    // everything is told again after that
    Object.assign(state, { isConnected: false, isLive: false });
    drawTexts();
  });
};

one('#language').addEventListener('click', () => {
  state.language = state.language === 'ar' ? 'en' : 'ar';
  drawAll();
});

drawTexts();
listen();
