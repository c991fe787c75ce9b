import { timeOf } from './desk.js';
import { icon, make } from './dom.js';

const marks = [
  [/^\*(\S(?:[^*\n]*\S)?)\*/, 'strong'],
  [/^_(\S(?:[^_\n]*\S)?)_/, 'em'],
  [/^~(\S(?:[^~\n]*\S)?)~/, 's'],
  [/^```([^`]+)```/, 'code'],
];
const address = /^https?:\/\/[^\s<>"]+[^\s<>".,;:!?()،؛؟]/;

/** WhatsApp's own marks and addresses as elements; everything else stays text. */
export const written = (text, isMarked = true) => {
  const parts = [];
  let rest = text;
  let plain = '';
  const flush = () => {
    if (plain) parts.push(plain);
    plain = '';
  };
  while (rest) {
    const atWord = /(^|[\s([،])$/.test(plain);
    const mark =
      isMarked && atWord && marks.map(([pattern, tag]) => [pattern.exec(rest), tag]).find(([match]) => match);
    const link = address.exec(rest);
    if (mark) {
      flush();
      parts.push(make(mark[1], '', mark[0][1]));
      rest = rest.slice(mark[0][0].length);
      // so that the next mark may follow at once
      continue;
    }
    if (link) {
      flush();
      const anchor = make('a', '', link[0]);
      Object.assign(anchor, { href: link[0], target: '_blank', rel: 'noopener noreferrer', dir: 'ltr' });
      parts.push(anchor);
      rest = rest.slice(link[0].length);
      continue;
    }
    const [letter] = rest;
    plain += letter;
    rest = rest.slice(letter.length);
  }
  flush();
  return parts;
};

const paragraph = (text, className, isMarked = true) => {
  const element = make('p', className);
  element.append(...written(text, isMarked));
  return element;
};

const fileOf = ({ type, url, name }, words) => {
  if (type === 'image' || type === 'sticker') return Object.assign(make('img'), { src: url, alt: words.file });
  if (type === 'video') return Object.assign(make('video'), { src: url, controls: true });
  if (type === 'audio') return Object.assign(make('audio'), { src: url, controls: true, preload: 'metadata' });
  const link = make('a', 'doc');
  Object.assign(link, { href: url, target: '_blank', rel: 'noopener noreferrer' });
  link.append(icon('file'), make('bdi', '', name ?? words.open));
  return link;
};

const ticks = {
  waiting: 'wait',
  queued: 'wait',
  logged: 'file',
  refused: 'fail',
  undelivered: 'fail',
  arrived: 'two',
  sent: 'one',
  delivered: 'two',
  read: 'two',
  played: 'two',
  failed: 'fail',
};

const metaOf = (line, { words, noteOf }) => {
  const meta = make('div', 'meta');
  const note = noteOf?.(line);
  if (note) meta.append(make('span', 'note', note));
  meta.append(make('time', '', timeOf(line.at)));
  const state = words.progress[line.progress];
  const tick = icon(ticks[line.progress] ?? 'wait');
  tick.setAttribute('class', line.progress);
  tick.setAttribute('role', 'img');
  tick.removeAttribute('aria-hidden');
  tick.setAttribute('aria-label', state);
  if (line.by === 'service') meta.append(make('span', line.progress, state));
  meta.append(tick);
  return meta;
};

const bubbleOf = (line, how) => {
  const { words } = how;
  const bubble = make('div', 'bubble');
  if (line.isTemplate) bubble.append(make('span', 'tag', words.template));
  if (line.header) bubble.append(paragraph(line.header, 'head'));
  if (line.file) bubble.append(fileOf(line.file, words));
  if (line.location) {
    const map = make('div', 'map');
    const { latitude, longitude, name } = line.location;
    map.append(icon('place'), make('bdi', '', name ?? `${latitude}, ${longitude}`));
    bubble.append(map);
  }
  if (line.kind === 'other') bubble.append(paragraph(`${words.unsupported}: ${line.text}`));
  else if (line.text) bubble.append(paragraph(line.text, '', how.isMarked));
  if (line.footer) bubble.append(paragraph(line.footer, 'foot'));
  bubble.append(metaOf(line, how), make('span', 'reaction'));
  return bubble;
};

const tapOf = (line, button, { words, tap }) => {
  const title = button.kind === 'place' ? words.sendPlace : button.title;
  if (button.kind === 'link') {
    const link = make('a', 'tap');
    Object.assign(link, { href: button.url, target: '_blank', rel: 'noopener noreferrer' });
    link.append(icon('link'), make('span', '', title));
    return link;
  }
  const element = make('button', 'tap', title);
  element.type = 'button';
  element.addEventListener('click', () => tap(line, button));
  return element;
};

const tapsOf = (line, how) => {
  const taps = make('div', 'taps');
  taps.append(...(line.buttons ?? []).map((button) => tapOf(line, button, how)));
  if (line.list) {
    const open = make('button', 'tap');
    open.type = 'button';
    open.append(icon('list'), make('span', '', line.list.label));
    open.addEventListener('click', () => how.openList(line));
    taps.append(open);
  }
  return taps;
};

const reactOf = (line, { words, react }) => {
  const box = make('div', 'react');
  const open = make('button');
  open.type = 'button';
  open.setAttribute('aria-label', words.reply);
  open.append(icon('smile'));
  const choices = make('div', 'choices');
  choices.hidden = true;
  for (const emoji of ['👍', '❤️', '🙏', '']) {
    const choice = make('button', '', emoji || '×');
    choice.type = 'button';
    if (!emoji) choice.setAttribute('aria-label', words.remove);
    choice.addEventListener('click', () => {
      choices.hidden = true;
      react(line, emoji);
    });
    choices.append(choice);
  }
  open.addEventListener('click', () => {
    choices.hidden = !choices.hidden;
  });
  box.append(open, choices);
  return box;
};

/** Shows what may change of a line, and leaves the rest: a voice note plays on, a choice stays open. */
export const refreshLine = (element, line, how) => {
  element.querySelector('.meta').replaceWith(metaOf(line, how));
  element.querySelector('.reaction').textContent = line.reaction ?? '';
  element.classList.toggle('has-reaction', Boolean(line.reaction));
};

/** A line of the chat as an element. `how` has the words, the language and what taps do. */
export const drawLine = (line, how) => {
  const element = make('div', `line ${line.by}-line`);
  if (how.isTurn) element.classList.add('turn');
  element.dataset.id = line.id;
  element.append(bubbleOf(line, how));
  if (line.buttons?.length || line.list) element.append(tapsOf(line, how));
  if (line.by === 'service' && how.react) element.append(reactOf(line, how));
  refreshLine(element, line, how);
  return element;
};
