import { post, postFile, state, words as wordsOf } from './desk.js';
import { button, keepEnd, make, one, sendOnEnter } from './dom.js';
import { drawLine, refreshLine } from './line.js';

const name = 'whatsapp';
const frame = one('#whatsapp');
const part = (selector) => one(selector, frame);
const field = part('textarea');
const form = part('form');

const chats = new Map();
const typing = new Map();
let about = { people: [], isDown: false };

const words = () => wordsOf(name);
const chat = (phone) => {
  if (!chats.has(phone)) chats.set(phone, new Map());
  return chats.get(phone);
};
const factsOf = (phone) => about.people.find((one) => one.phone === phone);
const say = (said) => post(name, 'say', said);

const drawPresence = () => {
  const isTyping = (typing.get(state.phone) ?? 0) > Date.now();
  part('.presence').textContent = isTyping ? words().typing : words().online;
};

const openList = (line) => {
  const sheet = part('.sheet');
  part('#sheet-title').textContent = line.list.label;
  const parts = line.list.sections.flatMap(({ title, rows }) => [
    ...(title ? [make('h3', '', title)] : []),
    ...rows.map((row) => {
      const choice = button('row', { text: row.title }, () => {
        sheet.close();
        say({ kind: 'row', id: row.id, title: row.title, description: row.description, to: line.id });
      });
      if (row.description) choice.append(make('small', '', row.description));
      return choice;
    }),
  ]);
  part('.rows').replaceChildren(...parts);
  sheet.show();
};

const tap = (line, { kind, id, title }) => {
  if (kind === 'place') say({ kind: 'location' });
  else say({ kind: kind === 'template' ? 'template' : 'button', id, title, to: line.id });
};

const react = (line, emoji) => say({ kind: 'reaction', emoji, to: line.id });

const how = () => ({ words: words(), openList, tap, react });

/** A line below the last one, or what has changed of one that is there. */
const showLine = (line) => {
  const lines = part('.lines');
  const there = [...lines.children].find((element) => element.dataset.id === line.id);
  if (there) return refreshLine(there, line, how());
  lines.querySelector('.empty')?.remove();
  const isTurn = !lines.lastElementChild?.classList.contains(`${line.by}-line`);
  keepEnd(lines, () => lines.append(drawLine(line, { ...how(), isTurn })), line.by === 'person');
};

const draw = () => {
  part('.sheet').close();
  drawPresence();
  const shown = [...chat(state.phone).values()];
  part('.lines').replaceChildren(...(shown.length > 0 ? [] : [make('p', 'empty', words().empty)]));
  for (const line of shown) showLine(line);
  part('.lines').scrollTop = part('.lines').scrollHeight;
};

/** Takes news; gives whose unread count grows, if anybody's. */
const hear = (news) => {
  if (news.kind === 'state') {
    about = news;
    return null;
  }
  if (news.kind === 'typing') {
    typing.set(news.phone, Date.now() + 25_000);
    setTimeout(drawPresence, 25_100);
    drawPresence();
    return null;
  }
  const isNew = !chat(news.phone).has(news.line.id) && news.line.by === 'service';
  chat(news.phone).set(news.line.id, news.line);
  if (isNew) typing.delete(news.phone);
  if (news.phone === state.phone) {
    drawPresence();
    showLine(news.line);
  }
  return isNew ? news.phone : null;
};

const switches = () => {
  const who = factsOf(state.phone);
  return [
    // what is over cannot be turned back: writing opens the window again
    { name: 'later', on: Boolean(who?.isLate), isFixed: Boolean(who?.isLate) },
    { name: 'hidden', on: Boolean(who?.isHidden) },
    { name: 'blocked', on: Boolean(who?.isBlocked) },
    { name: 'down', on: about.isDown },
  ];
};

/** What stands below a name where the number is hidden. */
const nameOf = ({ phone }) => {
  const who = factsOf(phone);
  if (!who?.isHidden) return null;
  return who.username ? `@${who.username}` : words().hiddenTag;
};

const showSend = () => {
  const isEmpty = field.value.trim() === '';
  part('.send').hidden = isEmpty;
  part('.mic').hidden = !isEmpty;
};

const showTray = (on) => {
  part('.tray').hidden = !on;
  part('.attach').setAttribute('aria-expanded', String(on));
};

const takeText = () => {
  const text = field.value.trim();
  field.value = '';
  showSend();
  return text;
};

field.addEventListener('input', showSend);
sendOnEnter(field, form);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = takeText();
  if (text) say({ kind: 'text', text });
});
part('.shut').addEventListener('click', () => part('.sheet').close());
part('.sheet').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') part('.sheet').close();
});
part('.mic').addEventListener('click', () => say({ kind: 'voice' }));
part('.attach').addEventListener('click', () => showTray(part('.tray').hidden));
part('.spot').addEventListener('click', () => {
  showTray(false);
  say({ kind: 'location' });
});
part('input[type="file"]').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  target.value = '';
  showTray(false);
  if (file) postFile(name, { name: file.name, caption: takeText() }, file);
});
// a picture grows when it has come: the last line stays in sight
part('.lines').addEventListener(
  'load',
  ({ currentTarget: lines, target }) => {
    const wasAtEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < target.height + 80;
    if (wasAtEnd) lines.scrollTop = lines.scrollHeight;
  },
  true,
);

/** The WhatsApp telephone. */
export const whatsapp = { name, hear, draw, switches, nameOf };
