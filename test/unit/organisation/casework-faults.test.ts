import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingFaults } from '../../../src/http/setting-faults.ts';
import type { AcceptanceRule, Casework, FormField, RaisedTo } from '../../../src/organisation/casework.ts';
import { caseworkFaults } from '../../../src/organisation/casework-faults.ts';
import type { Duration } from '../../../src/organisation/duration.ts';
import { loadOrganisation } from '../../../src/organisation/load.ts';
import { neverOpenFault } from '../../../src/organisation/never-open.ts';

const shipped = await loadOrganisation(join(import.meta.dirname, '../../../knowledge-base/organisation'));
const known = { services: shipped.services, categories: shipped.organisation.categories };

const name = { ar: 'حقل', en: 'Field' };
const field = (facts: Partial<FormField> & { id: string }): FormField => ({
  name,
  kind: 'text',
  required: false,
  ...facts,
});
const condition = (rule: AcceptanceRule['rule'], facts: Partial<AcceptanceRule> = {}): AcceptanceRule => ({
  id: 'rule',
  name,
  rule,
  ...facts,
});
const choice = field({ id: 'section', kind: 'choice', choices: [{ id: 'women', name }] });

const { times } = shipped.casework;
const days = (amount: number): Duration => ({ amount, unit: 'business_days' });
const aLadder = (...levels: [after: Duration, to: RaisedTo][]) => ({
  id: 'one',
  levels: levels.map(([after, to]) => ({ after, to })),
});

const faultsOf = (changed: Partial<Casework>) =>
  caseworkFaults({ ...shipped.casework, ...changed }, known).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('the casework setting', () => {
  it('agrees with itself and the others as it ships', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each<[string, Partial<Casework>, string]>([
    [
      'a form of a service that there is not',
      { forms: [field({ id: 'room', services: ['maintenance', 'catering'] })] },
      'forms.0.services.1: There is no service "catering". Known: ',
    ],
    ['a choice without choices', { forms: [field({ id: 'a', kind: 'choice' })] }, 'forms.0: A choice needs "choices"'],
    [
      'a choice that stands twice',
      { forms: [{ ...choice, choices: [...(choice.choices ?? []), { id: 'women', name }] }] },
      'forms.0.choices.1.id: The id "women" stands twice',
    ],
    [
      'choices of a text',
      { forms: [field({ id: 'a', choices: [{ id: 'x', name }] })] },
      'forms.0.choices: A field of the kind "text" has no choices',
    ],
    [
      'a field that stands twice in one form',
      { forms: [field({ id: 'a', types: ['service'] }), field({ id: 'a', services: ['maintenance'] })] },
      'forms.1.id: The field "a" stands twice in one form',
    ],
    [
      'a field that is one thing here and another there',
      { forms: [field({ id: 'a', types: ['service'] }), field({ id: 'a', types: ['media'], kind: 'national-id' })] },
      'forms.1.kind: The field "a" is of the kind "text" elsewhere',
    ],
    [
      'a condition on a field that there is not',
      { conditions: [condition({ is: 'field-given', field: 'nothing' })] },
      'conditions.0.rule.field: There is no field "nothing" in the forms. Known: building, room, asset, reference.',
    ],
    [
      'a condition on a field that is asked for other matters',
      { conditions: [condition({ is: 'field-given', field: 'building' }, { types: ['complaint'] })] },
      'conditions.0.rule.field: The field "building" is asked in no form',
    ],
    [
      'a condition on a choice that cannot be made',
      { forms: [choice], conditions: [condition({ is: 'field-equals', field: 'section', value: 'men' })] },
      'conditions.0.rule: The field "section" has no choice "men". Known: women.',
    ],
    [
      'a condition on what is sealed',
      {
        forms: [field({ id: 'id', kind: 'national-id' })],
        conditions: [condition({ is: 'field-equals', field: 'id', value: '1000000008' })],
      },
      'conditions.0.rule: The field "id" is kept sealed',
    ],
    [
      'an overdue request that is no reference',
      { conditions: [condition({ is: 'reference-overdue', field: 'room' })] },
      'conditions.0.rule: The field "room" is no reference',
    ],
    [
      'a condition on a category that there is not',
      { conditions: [condition({ is: 'category', in: ['student', 'alumni'] })] },
      'conditions.0.rule.in.1: There is no category "alumni"',
    ],
    [
      'a condition for a service that there is not',
      { conditions: [condition({ is: 'category', in: ['student'] }, { services: ['catering'] })] },
      'conditions.0.services.0: There is no service "catering"',
    ],
    [
      'a pause in which nothing waits',
      { pauses: [{ id: 'x', name, status: 'in_progress', stops: true }] },
      'pauses.0.status: A ticket that waits is one of pending_customer, pending_third_party, on_hold.',
    ],
    [
      'a level for agents without any',
      { ladders: [{ id: 'x', levels: [{ after: { amount: 1, unit: 'hours' }, to: 'agents', agentIds: [] }] }] },
      'ladders.0.levels.0: A level for agents needs "agentIds"',
    ],
    [
      'a level for the head that names agents',
      { ladders: [{ id: 'x', levels: [{ after: { amount: 1, unit: 'hours' }, to: 'head', agentIds: ['a'] }] }] },
      'ladders.0.levels.0.agentIds: A level for "head" names no agents',
    ],
    [
      'an answer with a date for a service that there is not',
      { answerDates: [{ services: ['catering'], needs: 'done' }] },
      'answerDates.0.services.0: There is no service "catering"',
    ],
    [
      'an address that is none',
      { bodies: [{ id: 'b', name, email: 'care at body' }] },
      'bodies.0.email: Write an email',
    ],
    [
      'a ladder whose levels come in no order',
      { ladders: [aLadder([days(3), 'head'], [days(1), 'supervisor'])] },
      'ladders.0.levels.1.after: It comes before the level above it',
    ],
    ['a level after a lifetime', { ladders: [aLadder([days(2000), 'head'])] }, 'ladders.0.levels.0.after: Write five'],
    ['a pardon of centuries', { times: { ...times, grace: days(99_999) } }, 'times.grace: Write five years at most'],
    ...(['confirm', 'grace', 'closeWithoutData'] as const).map((at): [string, Partial<Casework>, string] => [
      `no time at all for ${at}`,
      { times: { ...times, [at]: days(0) } },
      `times.${at}: It must be longer than nothing`,
    ]),
    [
      'a reminder when the body should have answered already',
      { times: { ...times, referral: { ...times.referral, remind: days(5) } } },
      'times.referral.remind: It must be shorter than "due"',
    ],
    [
      'a link that ends before the body has to answer',
      { times: { ...times, referral: { ...times.referral, expires: days(4) } } },
      'times.referral.expires: The link must live',
    ],
    [
      'a survey that is asked again once it has ended',
      {
        times: { ...times, survey: { remind: { amount: 100, unit: 'hours' }, expires: { amount: 4, unit: 'hours' } } },
      },
      'times.survey.remind: It must be shorter than "expires"',
    ],
    [
      'a survey that is asked again at once',
      { times: { ...times, survey: { ...times.survey, remind: days(0) } } },
      'times.survey.remind: It must be longer than nothing',
    ],
  ])('is told of %s', (_what, changed, sentence) => {
    const faults = faultsOf(changed);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(sentence);
  });

  it.each(['bodies', 'pauses', 'rootCauses', 'ladders'] as const)('has no two of one id among its %s', (list) => {
    const doubled = [...shipped.casework[list], shipped.casework[list][0]] as never;
    const last = shipped.casework[list].length;
    expect(faultsOf({ [list]: doubled })[0]).toContain(`${list}.${last}.id: The id`);
  });

  it('may have one field for several matters, each with its own duty to fill it', () => {
    const forms = [
      field({ id: 'a', types: ['service'], required: true }),
      field({ id: 'a', types: ['complaint'], required: false }),
    ];
    expect(faultsOf({ forms })).toEqual([]);
  });

  it('may have levels at one time, a mailbox of any letters, and times in units that are counted differently', () => {
    const bodies = [
      { id: 'b', name, email: 'عناية@مثال.السعودية' },
      { id: 'c', name },
    ];
    const referral = {
      due: days(2),
      remind: { amount: 40, unit: 'hours' as const },
      expires: { amount: 99, unit: 'hours' as const },
    };
    const ladders = [aLadder([days(0), 'head'], [days(0), 'supervisor'], [{ amount: 1, unit: 'hours' }, 'management'])];
    expect(faultsOf({ bodies, ladders, times: { ...times, referral } })).toEqual([]);
  });

  it('is refused over the API with the place in its value', () => {
    const after = {
      ...shipped,
      casework: { ...shipped.casework, forms: [field({ id: 'a', kind: 'choice' as const })] },
    };
    expect(settingFaults('casework', after)).toMatchObject([{ path: 'body.value.forms.0' }]);
    expect(settingFaults('casework', shipped)).toEqual([]);
  });
});

describe('a promise', () => {
  it('of more than five years is refused', () => {
    const hours = (amount: number): Duration => ({ amount, unit: 'hours' });
    const sla = {
      ...shipped.sla,
      rows: [{ resolution: days(1800) }, { routing: hours(1), resolution: hours(50_000) }],
    };
    expect(settingFaults('sla', { ...shipped, sla })).toEqual([
      { path: 'body.value.rows.1.resolution', message: 'Write five years at most.' },
    ]);
    expect(settingFaults('sla', shipped)).toEqual([]);
  });
});

describe('a calendar without open hours', () => {
  const closed = shipped.calendars.map((one) => ({ ...one, calendar: { timeZone: 'Asia/Riyadh', week: {} } }));
  const hour = { amount: 1, unit: 'business_hours' } as const;
  const promised = { ...shipped.sla, rows: [{ resolution: hour }] };

  it('cannot be what working time is promised on', () => {
    expect(neverOpenFault({ sla: promised, calendars: closed })).toContain('has no open hours');
    const after = { ...shipped, sla: promised, calendars: closed };
    expect(settingFaults('calendars', after)).toMatchObject([{ path: 'body.value' }]);
    expect(settingFaults('sla', after)).toMatchObject([{ path: 'body.value.calendarId' }]);
  });

  it('can be where time is promised around the clock', () => {
    const plain = { ...shipped.sla, rows: [{ resolution: { amount: 24, unit: 'hours' as const } }] };
    expect(neverOpenFault({ sla: plain, calendars: closed })).toBeNull();
    const intervals: [string, string][] = [['08:00', '12:00']];
    const some = closed.map((one) => ({
      ...one,
      calendar: { ...one.calendar, exceptions: [{ date: '2026-12-01', intervals }] },
    }));
    // a single open day is soon over, and then nothing could be promised
    expect(neverOpenFault({ sla: promised, calendars: some })).toContain('has no open hours in its week');
    expect(neverOpenFault({ sla: promised, calendars: shipped.calendars })).toBeNull();
  });
});
