import { createChats, showAll, showLine } from './chat.js';
import { post as ask, dollars, postFile, state, words as wordsOf } from './desk.js';
import { button, keepEnd, make, one, sendOnEnter } from './dom.js';
import { drawPost } from './x-post.js';

const name = 'x';
const frame = one('#x');
const part = (selector) => one(selector, frame);
const field = part('textarea');
const form = part('form');

const posts = new Map();
const chats = createChats();
const unseen = { public: 0, private: 0 };
let about = { account: { name: '', handle: '' }, turned: {}, closed: [], budget: 0, spent: { usd: 0, lines: [] } };
let view = 'public';
/** What the next post is: new, or a reply to, quote or edit of another one. */
let mode = { name: 'new', post: null };
let photo = null;

const words = () => wordsOf(name);
const find = (id) => (id === null ? undefined : posts.get(id));

const drawTop = () => {
  const { account, spent, budget } = about;
  part('.account').textContent = account.name;
  const handle = `\u2066@${account.handle}\u2069`;
  const money = `\u2066${dollars(spent.usd)}\u2069 ${words().of} \u2066${dollars(budget)}\u2069`;
  part('.spent').textContent = `${handle} · ${words().spent} ${money}`;
};

const drawViews = () => {
  part('.views').replaceChildren(
    ...['public', 'private'].map((each) => {
      const tab = button('tab', { text: words()[each] }, () => look(each));
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-selected', String(each === view));
      if (unseen[each] > 0) tab.append(make('span', 'unread', String(unseen[each])));
      return tab;
    }),
  );
  part('.posts').hidden = view !== 'public';
  part('.lines').hidden = view !== 'private';
};

const drawMode = () => {
  const box = part('.mode');
  box.hidden = mode.name === 'new' && !photo;
  const handle = `\u2066@${mode.post?.handle}\u2069`;
  const names = {
    reply: () => words().replying(handle),
    quote: () => words().quoting(handle),
    edit: () => words().editing,
  };
  const chips = [
    [names[mode.name]?.(), words().cancel, () => setMode('new')],
    [photo?.name, words().removePhoto, () => setPhoto(null)],
  ];
  box.replaceChildren(
    ...chips
      .filter(([text]) => text)
      .map(([text, label, drop]) => {
        const chip = make('span', 'chip');
        chip.append(make('bdi', '', text), button('drop', { text: '×', name: label }, drop));
        return chip;
      }),
  );
};

const drawForm = () => {
  const isPublic = view === 'public';
  const asStaff = part('#x-staff').checked;
  const mention = part('.naming');
  mention.hidden = !isPublic || asStaff || mode.name === 'edit';
  one('span', mention).textContent = words().mention(about.account.handle);
  mention.title = words().mentionHint;
  part('.staff').hidden = mode.name === 'edit';
  part('.staff').title = words().staffHint;
  part('.photo').hidden = mode.name === 'edit' || (asStaff && !isPublic);
  part('.secret').hidden = isPublic || asStaff;
  const placeholder = !isPublic ? words().writeDm : mode.name === 'reply' ? words().writeReply : words().writePost;
  field.placeholder = placeholder;
  field.setAttribute('aria-label', placeholder);
  drawMode();
};

const act = (what, post) => {
  if (what === 'delete' || what === 'repost') ask(name, 'say', { kind: what, post: post.id });
  else setMode(what, post);
};

/** The posts below each other by thread, the thread with the newest post last. */
const inOrder = () => {
  const shown = [...posts.values()].filter(({ isReplaced }) => !isReplaced);
  const latest = new Map();
  for (const { thread, at } of shown) latest.set(thread, Math.max(at, latest.get(thread) ?? 0));
  return shown.sort(
    (a, b) => latest.get(a.thread) - latest.get(b.thread) || a.thread.localeCompare(b.thread) || a.at - b.at,
  );
};

const drawPosts = (isForced = false) => {
  const list = part('.posts');
  const shown = inOrder();
  keepEnd(
    list,
    () => {
      const elements = shown.map((post, at) => {
        const element = drawPost(post, { find, act });
        element.classList.toggle('first', shown[at - 1]?.thread !== post.thread);
        return element;
      });
      list.replaceChildren(...(elements.length > 0 ? elements : [make('p', 'empty', words().noPosts)]));
    },
    isForced,
  );
};

const noteOf = ({ by, isWasl, cost }) =>
  by === 'person'
    ? ''
    : [isWasl ? words().byWasl : words().byStaff, ...(cost ? [`\u2066${dollars(cost)}\u2069`] : [])].join(' · ');

const lineOf = (dm) => (dm.kind === 'encrypted' ? { ...dm, kind: 'text', text: `🔒 ${words().encryptedLine}` } : dm);

const showDm = (dm) => showLine(part('.lines'), lineOf(dm), { words: words(), noteOf, isMarked: false });

const drawDms = () => showAll(part('.lines'), [...chats.of(state.phone).values()], words().noDms, showDm);

const draw = () => {
  unseen[view] = 0;
  drawTop();
  drawViews();
  drawForm();
  drawPosts(true);
  drawDms();
};

function look(to) {
  view = to;
  mode = { name: 'new', post: null };
  draw();
}

function setMode(to, post = null) {
  if (mode.name === 'edit' || to === 'edit') field.value = to === 'edit' ? post.text : '';
  mode = { name: to, post };
  // whoever answers or quotes does not name the account as a rule
  if (to !== 'edit') part('#x-mention').checked = to === 'new';
  drawForm();
  field.focus();
}

function setPhoto(file) {
  photo = file;
  drawForm();
}

const noteIn = (where) => {
  if (!state.isLive || view === where) return;
  unseen[where] += 1;
  drawViews();
};

const hearPost = ({ post }) => {
  const isNew = !posts.has(post.id) && post.by === 'account';
  posts.set(post.id, post);
  drawPosts(!isNew);
  if (isNew) noteIn('public');
  // of whom it answers, if that can be told
  return isNew ? (find(post.replyTo)?.phone ?? null) : null;
};

const hearDm = ({ phone, line }) => {
  const isNew = chats.keep({ phone, line });
  if (phone === state.phone) {
    showDm(line);
    if (isNew) noteIn('private');
  }
  return isNew ? phone : null;
};

/** Takes news; gives whose unread count grows, if anybody's. */
const hear = (news) => {
  if (news.kind === 'post') return hearPost(news);
  if (news.kind === 'dm') return hearDm(news);
  about = news;
  drawTop();
  drawForm();
  return null;
};

const switches = () => [
  { name: 'down', on: Boolean(about.turned.down) },
  { name: 'closed', on: about.closed.includes(state.phone) },
  { name: 'forbidden', on: Boolean(about.turned.forbidden) },
  { name: 'budget', on: Boolean(about.turned.budget) },
];

const handle = () => `@${about.account.handle}`;
const naming = (text) => {
  const isMeant = view === 'public' && !part('.naming').hidden && part('#x-mention').checked;
  return isMeant && !text.toLowerCase().includes(handle().toLowerCase()) ? `${handle()} ${text}`.trim() : text;
};

/** What is asked of the place, from what stands in the form. */
const wish = (text) => {
  if (mode.name === 'edit') return { kind: 'edit', post: mode.post.id, text };
  const by = part('#x-staff').checked ? 'staff' : 'person';
  if (view === 'private') return { kind: 'dm', by, text };
  const to = { reply: { replyTo: mode.post?.id }, quote: { quotes: mode.post?.id } };
  return { kind: 'post', by, text: naming(text), ...to[mode.name] };
};

const submit = async () => {
  const text = field.value.trim();
  if (!text && !photo) return;
  const asked = wish(text);
  const isDone = await (photo ? postFile(name, asked, photo) : ask(name, 'say', asked));
  // what was not taken stays where it can be mended
  if (!isDone) return;
  field.value = '';
  photo = null;
  mode = { name: 'new', post: null };
  part('#x-mention').checked = true;
  drawForm();
};

sendOnEnter(field, form);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});
part('.secret').addEventListener('click', () => ask(name, 'say', { kind: 'encrypted' }));
part('#x-staff').addEventListener('change', drawForm);
part('#x-photo').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  target.value = '';
  if (file) setPhoto(file);
});

/** X: what everybody sees, and the direct messages of one person. */
export const x = { name, hear, draw, switches };
