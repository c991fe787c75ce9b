import { dollars, state, timeOf, words as wordsOf } from './desk.js';
import { button, make } from './dom.js';
import { written } from './line.js';

const words = () => wordsOf('x');
const hue = (handle) => ([...handle].reduce((sum, letter) => sum + letter.codePointAt(0), 0) * 47) % 360;

const handleOf = (post) => {
  const element = make('bdi', 'handle', `@${post.handle}`);
  element.dir = 'ltr';
  return element;
};

const headOf = (post) => {
  const head = make('header');
  head.append(make('strong', '', post.name), handleOf(post), make('time', '', timeOf(post.at)));
  if (post.by === 'account') head.append(make('span', 'tag', post.isWasl ? words().byWasl : words().byStaff));
  if (post.isEdited) head.append(make('span', 'tag plain', words().edited));
  return head;
};

/** A handle stands by itself, so that it does not decide which way the text runs. */
const wordsOfPost = (text) =>
  text.split(/(@\w+)/).flatMap((piece) => {
    if (!/^@\w/.test(piece)) return written(piece, false);
    const handle = make('bdi', 'mention', piece);
    handle.dir = 'ltr';
    return [handle];
  });

const directionOf = (text) => (/[\u0600-\u06ff]/.test(text.replace(/@\w+|https?:\S+/g, '')) ? 'rtl' : 'ltr');

const paragraphOf = (className, text) => {
  const element = make('p', className);
  element.dir = directionOf(text);
  element.append(...wordsOfPost(text));
  return element;
};

const filesOf = ({ files }) =>
  files.map(({ type, url }) =>
    type === 'video'
      ? Object.assign(make('video'), { src: url, controls: true })
      : Object.assign(make('img'), { src: url, alt: words().file }),
  );

/** Another post that this one speaks of, in a line or two. */
const glanceOf = (post, label) => {
  const box = make('blockquote');
  if (label) box.append(make('small', '', label), ' ');
  box.append(handleOf(post));
  box.append(paragraphOf('', post.isDeleted ? words().deleted : post.text));
  return box;
};

const actionsOf = (post, act) => {
  const isOwn = post.phone === state.phone;
  const names = ['reply', 'quote', 'repost', ...(isOwn ? ['edit', 'delete'] : [])];
  const actions = make('div', 'actions');
  actions.append(...names.map((name) => button('act', { text: words()[name] }, () => act(name, post))));
  return actions;
};

const measuresOf = (post) => {
  const measures = make('small', `measures${post.weight > 280 ? ' long' : ''}`);
  const length = make('bdi', '', `${post.weight}/280`);
  length.dir = 'ltr';
  measures.append(`${words().length} `, length);
  if (post.cost !== null) measures.append(' · ', make('bdi', '', dollars(post.cost)));
  return measures;
};

const bodyOf = (post, find) => {
  if (post.isDeleted) return [make('p', 'gone', words().deleted)];
  const reposted = find(post.reposts);
  if (post.reposts) return reposted ? [glanceOf(reposted, words().reposted)] : [];
  const answered = find(post.replyTo);
  const quoted = find(post.quotes);
  const parts = [];
  if (answered) {
    const to = make('small', 'to', `${words().replyTo} `);
    to.append(handleOf(answered));
    parts.push(to);
  }
  parts.push(paragraphOf('said', post.text), ...filesOf(post));
  if (quoted) parts.push(glanceOf(quoted));
  return parts;
};

/** A post as an element. `find` gives another by its id, `act` is called for what is done with this one. */
export const drawPost = (post, { find, act }) => {
  const element = make('article', `post by-${post.by}`);
  element.dataset.id = post.id;
  element.style.setProperty('--hue', hue(post.handle));
  const inner = make('div', 'inner');
  inner.append(headOf(post), ...bodyOf(post, find));
  const canAct = !post.isDeleted && !post.reposts;
  if (canAct) inner.append(measuresOf(post), actionsOf(post, act));
  element.append(make('span', 'face', post.by === 'account' ? 'و' : [...post.name][0]), inner);
  return element;
};
