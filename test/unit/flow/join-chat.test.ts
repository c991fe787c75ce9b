import { describe, expect, it } from 'vitest';
import { joinChat } from '../../../src/flow/join-chat.ts';
import type { Words } from '../../../src/flow/say.ts';

const saying = (text: string, choices: string[] = []): Words => ({
  text,
  html: `<p>${text}</p>`,
  quickReplies: choices.map((id) => ({ id, title: id })),
  template: text,
});

const greeting = saying('مرحبًا بكم');
const question = saying('ما اسمكم؟', ['skip']);

describe('what is said in a turn', () => {
  it('stays apart where messages cost nothing', () => {
    expect(joinChat([greeting, question], { joinUpTo: null })).toEqual([greeting, question]);
  });

  it('is one message where each counts, under the choices of all and the template of the last', () => {
    const [one, ...more] = joinChat([greeting, saying('أهلًا', ['language:en']), question], { joinUpTo: 1000 });
    expect(more).toEqual([]);
    expect(one).toMatchObject({ text: 'مرحبًا بكم\n\nأهلًا\n\nما اسمكم؟', template: 'ما اسمكم؟', html: null });
    expect(one?.quickReplies.map(({ id }) => id)).toEqual(['language:en', 'skip']);
  });

  it('offers no choice twice', () => {
    const [one] = joinChat([saying('أ', ['agent']), saying('ب', ['agent', 'new'])], { joinUpTo: 1000 });
    expect(one?.quickReplies.map(({ id }) => id)).toEqual(['agent', 'new']);
  });

  it('is divided where it is too long, in order and without loss', () => {
    const long = saying('ن'.repeat(90));
    const texts = joinChat([greeting, long, question], { joinUpTo: 100 }).map(({ text }) => text);
    expect(texts).toEqual([greeting.text, `${long.text}`, question.text]);
    expect(joinChat([long, saying('ن'.repeat(200))], { joinUpTo: 100 })).toHaveLength(2);
  });
});
