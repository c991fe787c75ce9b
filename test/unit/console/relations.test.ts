import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMessages } from '../../../src/web/console/conversation/grouping.ts';
import { isLine, relate, withoutFolded } from '../../../src/web/console/conversation/relations.ts';
import { aMessage } from './a-message.ts';

const ours = aMessage({
  seq: 2,
  author: 'agent',
  deliveries: [{ status: 'read', externalId: 'wamid.ours', at: '', error: null }],
});
const original = aMessage({ seq: 1, externalId: 'wamid.1' });

describe('messages that speak of others', () => {
  it('are found by the id of the person’s message, and by that of any sending of ours', () => {
    const answers = [aMessage({ seq: 3, refersTo: 'wamid.1' }), aMessage({ seq: 4, refersTo: 'wamid.ours' })];
    const relations = relate([original, ours, ...answers]);
    expect(relations.get('m3')?.earlier?.id).toBe('m1');
    expect(relations.get('m4')?.earlier?.id).toBe('m2');
  });

  it('have no earlier message where that is not loaded', () => {
    expect(relate([aMessage({ seq: 9, refersTo: 'wamid.old' })]).get('m9')).toEqual({
      earlier: null,
      edit: null,
      reactions: [],
    });
  });

  it('show the last wording beside the original', () => {
    const edits = [3, 4].map((seq) => aMessage({ seq, kind: 'edit', refersTo: 'wamid.1', text: `wording ${seq}` }));
    expect(relate([original, ...edits]).get('m1')?.edit?.text).toBe('wording 4');
  });

  it('put the last sign of each side at the message, and none where it was taken back', () => {
    const react = (seq: number, text: string, author: 'contact' | 'agent') =>
      aMessage({ seq, text, author, kind: 'reaction', refersTo: 'wamid.1' });
    const all = [original, react(2, '👍', 'contact'), react(3, '🙏', 'agent'), react(4, '❤️', 'contact')];
    expect(relate(all).get('m1')?.reactions).toEqual([
      { emoji: '❤️', isOurs: false },
      { emoji: '🙏', isOurs: true },
    ]);
    expect(relate([...all, react(5, '', 'contact')]).get('m1')?.reactions).toEqual([{ emoji: '🙏', isOurs: true }]);
  });

  it('leave a place of its own only to a reaction whose message is not loaded', () => {
    const at = (seq: number, refersTo: string) => aMessage({ seq, kind: 'reaction', text: '👍', refersTo });
    const all = [original, at(2, 'wamid.1'), at(3, 'wamid.old')];
    expect(withoutFolded(all, relate(all)).map(({ id }) => id)).toEqual(['m1', 'm3']);
  });

  it('tell nothing of a message that must not be known', () => {
    const hidden = aMessage({ seq: 2, kind: 'edit', refersTo: 'wamid.1', hidden: true, text: '' });
    expect(relate([original, hidden]).has('m1')).toBe(false);
    expect(isLine(hidden)).toBe(false);
    expect(withoutFolded([hidden], relate([hidden]))).toHaveLength(1);
  });

  it('never lose or double a message that is no folded reaction, whoever speaks of whom', () => {
    const kinds = fc.constantFrom('text', 'reaction', 'edit', 'deletion', 'notice', 'image');
    const one = fc.record({ kind: kinds, to: fc.option(fc.integer({ min: 1, max: 12 })) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (given) => {
        const all = given.map(({ kind, to }, place) =>
          aMessage({ seq: place + 1, kind, refersTo: to === null ? null : `x${to}` }),
        );
        const relations = relate(all);
        const shown = groupMessages(withoutFolded(all, relations), 'Asia/Riyadh').flatMap(({ groups }) =>
          groups.flatMap(({ messages }) => messages.map(({ id }) => id)),
        );
        const folded = all.filter(({ id, kind }) => kind === 'reaction' && relations.get(id)?.earlier);
        expect(shown).toEqual(all.filter((message) => !folded.includes(message)).map(({ id }) => id));
      }),
    );
  });
});

describe('a line between messages', () => {
  it('stands by itself, also between two messages of one person', () => {
    const all = [
      aMessage({ seq: 1 }),
      aMessage({ seq: 2, kind: 'notice', detail: 'missed-call' }),
      aMessage({ seq: 3 }),
    ];
    const [day] = groupMessages(all, 'Asia/Riyadh');
    expect(day?.groups.map(({ isLine: alone, messages }) => [alone, messages.length])).toEqual([
      [false, 1],
      [true, 1],
      [false, 1],
    ]);
  });
});
