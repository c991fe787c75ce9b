import { describe, expect, it } from 'vitest';
import { toStored } from '../../../../src/store/mongo/stored.ts';
import { evaluate, prepareOp } from '../../../../src/store/mongo/unit/evaluate.ts';
import {
  asRead,
  backWrite,
  formAfter,
  formBefore,
  forwardWrite,
  heldForm,
} from '../../../../src/store/mongo/unit/forms.ts';
import { planUnit } from '../../../../src/store/mongo/unit/plan.ts';
import { heldWhile } from '../../../../src/store/mongo/unit/unique-keys.ts';
import type { Op } from '../../../../src/store/port.ts';
import { aNote, inserting, type Note, notes } from '../../../contract/store/notes.ts';

const evaluateOn = (stored: readonly Note[], unit: readonly Op[]) =>
  evaluate(unit.map(prepareOp), new Map(stored.map((note) => [`notes/${note.id}`, toStored(notes, note)])));
const done = (stored: readonly Note[], unit: readonly Op[]) => {
  const evaluated = evaluateOn(stored, unit);
  if (!evaluated.ok) throw new Error(JSON.stringify(evaluated.result));
  return evaluated;
};

describe('what a unit makes of its documents', () => {
  it('is one part for each document, however many operations it has, and none for what comes and goes', () => {
    const [kept, passing] = [aNote({ key: 'kept' }), aNote()];
    const { parts, told } = done(
      [kept],
      [
        { op: 'update', in: notes, id: kept.id, add: { size: 1 } },
        inserting(passing),
        { op: 'update', in: notes, id: kept.id, add: { size: 1 } },
        { op: 'remove', in: notes, id: passing.id },
      ],
    );
    expect(parts).toMatchObject([{ id: kept.id, after: { size: 2, version: 3 } }]);
    expect(told.map(({ kind }) => kind)).toEqual(['update', 'insert', 'update', 'remove']);
  });

  it('names the values that it took before the operation that cannot be done', () => {
    const note = aNote({ key: 'wanted' });
    const evaluated = evaluateOn([], [inserting(note), { op: 'remove', in: notes, id: 'nobody' }]);
    expect(evaluated).toMatchObject({
      ok: false,
      result: { at: 1, reason: 'missing' },
      taken: [{ at: 0, index: 'byKey' }],
    });
  });

  it('looks up the values that it only passes through, and those of lists', () => {
    const [note, other] = [aNote({ key: 'passing' }), aNote({ mails: ['a@example.org'] })];
    const { toRead } = planUnit(
      done([], [inserting(note), { op: 'update', in: notes, id: note.id, set: { key: null } }, inserting(other)]),
    );
    expect(toRead.map(({ index, value }) => [index, value])).toEqual([
      ['byKey', '["passing"]'],
      ['byMail', '["a@example.org"]'],
    ]);
  });

  it('refuses to pass a unique value from one stored document to another', () => {
    const [from, to] = [aNote({ key: 'passed' }), aNote()];
    const unit: Op[] = [
      { op: 'remove', in: notes, id: from.id },
      { op: 'update', in: notes, id: to.id, set: { key: 'passed' } },
    ];
    expect(() => planUnit(done([from, to], unit))).toThrow(/write two units/);
  });
});

describe('a document that a unit holds', () => {
  const before = aNote({ key: 'old' });
  const held = (unit: Op[]) => {
    const [part] = done([before], unit).parts;
    return { stored: part!.before, form: heldForm(part!, 'U') };
  };

  it('keeps its former values and the new ones from others until it is decided', () => {
    const { stored, form } = held([{ op: 'update', in: notes, id: before.id, set: { key: 'new' } }]);
    expect(form._u?.byKey).toEqual(['["old"]', '["new"]']);
    expect(formBefore(form)).toEqual(stored);
    expect(formAfter(form)).toMatchObject({ key: 'new', version: 2, _u: { byKey: '["new"]' } });
    expect(backWrite(form)).toMatchObject({
      updateOne: { filter: { _unit: 'U' }, update: { $set: { _u: stored?._u } } },
    });
    expect(forwardWrite(form)).toMatchObject({ replaceOne: { filter: { _unit: 'U' } } });
  });

  it('gives up no value before it is decided', () => {
    expect(heldWhile({ byKey: 'a', byOther: 'b' }, { byOther: 'b' })).toBeUndefined();
    expect(heldWhile(undefined, { byKey: 'a' })).toEqual({ byKey: 'a' });
  });

  it('is another document where it was removed and put anew, though it has the version that somebody read', () => {
    const { form } = held([{ op: 'remove', in: notes, id: before.id }, inserting(before)]);
    expect(formAfter(form)).toMatchObject({ version: 1, _born: 'U' });
    expect(asRead(formAfter(form)!)).not.toEqual(asRead(toStored(notes, before)));
  });
});
