import { describe, expect, it } from 'vitest';
import { requireDeputy } from '../../../src/casework/name-deputy.ts';
import type { Deputy } from '../../../src/casework/staff.ts';
import { aMember, aStaff, now, refusal } from './builders.ts';

const day = (date: number): string => `2026-12-${String(date).padStart(2, '0')}T05:00:00.000Z`;
const stand = (agentId: string, deputyId: string, from = day(1), to: string | null = day(8)): Deputy => ({
  agentId,
  deputyId,
  from,
  to,
});

const name = (wanted: Deputy, known: Deputy[] = []) =>
  refusal(() =>
    requireDeputy(aStaff([aMember('gone', { disabledAt: '2026-11-01T00:00:00.000Z' })], known), wanted, now),
  );

describe('naming a deputy', () => {
  it('is possible for a time to come, and until further notice', () => {
    expect(name(stand('huda', 'mona'))).toBeNull();
    expect(name(stand('huda', 'mona', now, null))).toBeNull();
  });

  it.each([
    ['oneself', stand('huda', 'huda'), 'nobody is their own deputy'],
    ['for nobody', stand('nobody', 'mona'), 'body.agentId: there is no such agent'],
    ['somebody who is nobody', stand('huda', 'nobody'), 'body.deputyId: there is no such agent'],
    ['somebody who has left', stand('huda', 'gone'), 'body.deputyId: this agent is disabled'],
    ['somebody who takes no steps', stand('huda', 'maha'), 'management takes no steps'],
    ['for no time', stand('huda', 'mona', day(3), day(3)), 'it must be after the beginning'],
    ['for a time before it begins', stand('huda', 'mona', day(3), day(2)), 'it must be after the beginning'],
    [
      'for a time that is over',
      stand('huda', 'mona', '2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'),
      'to come',
    ],
  ])('is refused for %s', (_what, wanted, sentence) => {
    const error = name(wanted);
    expect(error?.code).toBe('invalid');
    expect(error?.message).toContain(sentence);
  });

  it('is refused where there is one in that time, and possible right after', () => {
    const known = [stand('huda', 'majed')];
    expect(name(stand('huda', 'mona', day(7), day(9)), known)).toMatchObject({ code: 'not-allowed' });
    expect(name(stand('huda', 'mona', day(2), null), known)).toMatchObject({ code: 'not-allowed' });
    expect(name(stand('huda', 'mona', day(8), day(9)), known)).toBeNull();
    expect(name(stand('hamad', 'majed'), known)).toBeNull();
  });

  it('goes in no circle, however long, as long as the times meet', () => {
    const known = [stand('mona', 'majed'), stand('majed', 'huda', day(7), null)];
    expect(name(stand('huda', 'mona'), known)?.message).toContain('back to this agent');
    expect(name(stand('huda', 'mona', day(1), day(7)), known)).toBeNull();
    expect(name(stand('huda', 'majed', day(8), null), [stand('majed', 'huda', now, null)])?.code).toBe('not-allowed');
  });
});
