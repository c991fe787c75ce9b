import { createChats, showAll, showLine } from './chat.js';
import { post, postFile, state, words as wordsOf } from './desk.js';
import { button, make, one, sendOnEnter } from './dom.js';

const name = 'whatsapp';
const frame = one('#whatsapp');
const part = (selector) => one(selector, frame);
const field = part('textarea');
const form = part('form');

const chats = createChats();
const typing = new Map();
let about = { people: [], isDown: false };

const words = () => wordsOf(name);
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

const show = (line) => showLine(part('.lines'), line, how());

const draw = () => {
  part('.sheet').close();
  drawPresence();
  showAll(part('.lines'), [...chats.of(state.phone).values()], words().empty, show);
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
  const isNew = chats.keep(news);
  if (isNew) typing.delete(news.phone);
  if (news.phone === state.phone) {
    drawPresence();
    show(news.line);
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
