import { appendLine, beginsTurn, createChats, elementOf, showAll } from './chat.js';
import { post, state, words as wordsOf } from './desk.js';
import { one, sendOnEnter } from './dom.js';
import { drawLine } from './line.js';

const name = 'sms';
const frame = one('#sms');
const part = (selector) => one(selector, frame);
const field = part('textarea');
const form = part('form');

const chats = createChats();
let about = { provider: 'log', canAnswer: false, isDown: false, reports: null, blocked: [] };

const words = () => wordsOf(name);

const moneyOf = (amount, currency) => `${Number(amount.toFixed(3))} ${currency}`;

/** Segments, coding, cost and the provider's code, as far as they are known. */
const noteOf = ({ segments, encoding, cost, currency, error }) =>
  [
    words().segments(segments),
    encoding,
    ...(cost === undefined ? [] : [`\u2068${moneyOf(cost, currency)}\u2069`]),
    ...(error ? [error] : []),
  ].join(' · ');

const how = () => ({ words: words(), noteOf, isMarked: false });

const drawSender = () => {
  const { provider, sender } = about;
  const lines = [...chats.of(state.phone).values()].filter(({ cost }) => cost !== undefined);
  const cost = lines.reduce((sum, line) => sum + line.cost, 0);
  const total = lines.length > 0 ? [`${words().total} \u2068${moneyOf(cost, lines[0].currency)}\u2069`] : [];
  const from = sender ? [`${words().from} \u2068${sender}\u2069`] : [];
  part('.sender').textContent = [words().provider[provider], ...from, ...total].join(' · ');
};

const drawForm = () => {
  const { canAnswer, provider } = about;
  part('.mute').hidden = canAnswer;
  part('.mute').textContent = provider === 'log' ? words().onlyLogged : words().noAnswer;
  part('.tray').hidden = !canAnswer;
  field.hidden = !canAnswer;
  part('.send').hidden = !canAnswer;
};

/** Everything that is known of a line may change: it is drawn anew. */
const showLine = (given) => {
  const line = given.isHidden ? { ...given, text: words().hiddenText } : given;
  const lines = part('.lines');
  const there = elementOf(lines, line);
  if (!there) return appendLine(lines, line, how());
  const isTurn = beginsTurn(there.previousElementSibling, line);
  there.replaceWith(drawLine(line, { ...how(), isTurn }));
};

const draw = () => {
  drawSender();
  drawForm();
  showAll(part('.lines'), [...chats.of(state.phone).values()], words().empty, showLine);
};

/** Takes news; gives whose unread count grows, if anybody's. */
const hear = (news) => {
  if (news.kind === 'state') {
    about = news;
    drawSender();
    drawForm();
    return null;
  }
  const isNew = chats.keep(news);
  if (news.phone === state.phone) {
    showLine(news.line);
    drawSender();
  }
  return isNew ? news.phone : null;
};

const switches = () =>
  about.reports === null
    ? []
    : [
        { name: 'blocked', on: about.blocked.includes(state.phone) },
        { name: 'down', on: about.isDown },
        { name: 'late', on: about.reports === 'late' },
        { name: 'failed', on: about.reports === 'failed' },
      ];

sendOnEnter(field, form);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = field.value.trim();
  field.value = '';
  if (text) post(name, 'say', { text });
});
for (const word of frame.querySelectorAll('.word')) {
  word.addEventListener('click', () => post(name, 'say', { text: word.value }));
}

/** The text messages of a telephone. */
export const sms = { name, hear, draw, switches };
