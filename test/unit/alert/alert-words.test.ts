import { describe, expect, it } from 'vitest';
import { alertKinds } from '../../../src/alert/alert.ts';
import { noAlertValues } from '../../../src/alert/alert-values.ts';
import { segments } from '../../../src/channel/segments.ts';
import { alertBrief, alertLetter, fillAlert } from '../../../src/flow/casework/alert-words.ts';
import { languages } from '../../../src/language/language.ts';
import { loadTemplates } from '../../../src/template/load.ts';
import { createRender } from '../../../src/template/template.ts';
import { anOrganisation, aTicket } from '../casework/builders.ts';

const render = createRender(await loadTemplates('templates'), 'Asia/Riyadh');
const organisation = anOrganisation();
const deps = { content: { organisation: () => organisation, render: () => render }, publicUrl: 'https://care.example' };

const given = {
  from: 'FROM',
  by: 'BY',
  reason: 'REASON',
  note: 'NOTE',
  other: 'OTHER',
  clock: 'routing',
  level: 2,
  count: 3,
  days: 30,
  item: 'ITEM',
  reference: 'REF-1',
  period: 'PERIOD',
  expectedAt: '2026-11-25T07:00:00.000Z',
};
const odd = /undefined|null|NaN|Invalid|\[object|\{\{|%\}| {2}|\n{3}|\s[.،,:]/;

/** What people see, without the marks that steer direction. */
const bare = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');

describe('the letter of an alert', () => {
  const cases = alertKinds.flatMap((kind) => languages.map((language) => ({ kind, language })));

  it.each(cases)('$kind in $language has a subject and words, whatever is known of it', ({ kind, language }) => {
    const optional = Object.keys(given) as (keyof typeof given)[];
    const sets = [{}, given, ...optional.map((name) => ({ [name]: given[name] as string }))];
    const tickets = [aTicket(), aTicket({ restricted: true }), aTicket({ departmentId: 'gone' }), null];
    for (const values of sets) {
      for (const ticket of tickets) {
        const { subject, text } = alertLetter(deps, language, [
          fillAlert(deps, { kind, values }, { ticket, language }),
        ]);
        expect(bare(subject).trim()).not.toBe('');
        expect(subject).not.toContain('\n');
        expect(ticket ? bare(`${subject}\n${text}`) : text).not.toMatch(odd);
        expect(text.length).toBeGreaterThan(30);
        if (ticket) expect(text).toContain(`https://care.example/console/tickets/${ticket.number}`);
      }
    }
  });

  it('tells of an ordinary ticket what it is about, with whom it is and when it is due', () => {
    const ticket = aTicket({ subject: 'جهاز العرض\nلا يعمل', departmentId: 'maintenance' });
    const { text } = alertLetter(deps, 'ar', [
      fillAlert(deps, { kind: 'assigned', values: { by: 'منى' } }, { ticket, language: 'ar' }),
    ]);
    expect(text).toContain('جهاز العرض لا يعمل');
    expect(text).toContain('مركز صيانة الأجهزة التعليمية');
    expect(text).toContain('من قِبل منى');
    expect(bare(text)).toContain(`رقم التذكرة: ${ticket.number}`);
  });

  it('tells of a restricted ticket neither what it is about nor any words of staff', () => {
    const ticket = aTicket({ subject: 'SECRET', restricted: true, departmentId: 'maintenance' });
    const values = { ...given, reason: 'SECRET', note: 'SECRET', item: 'SECRET', other: 'SECRET', by: 'SECRET' };
    for (const kind of alertKinds) {
      const { subject, text } = alertLetter(deps, 'ar', [
        fillAlert(deps, { kind, values }, { ticket, language: 'ar' }),
      ]);
      expect(`${subject} ${text}`).not.toMatch(/SECRET|صيانة|FROM/);
    }
  });

  it('says for whom a deputy gets it', () => {
    const about = { ticket: aTicket(), language: 'ar' as const, insteadOf: 'هدى' };
    expect(alertLetter(deps, 'ar', [fillAlert(deps, { kind: 'warned', values: {} }, about)]).text).toContain('هدى');
  });

  it('holds several alerts under one subject that counts them', () => {
    const filled = ['1', '2', '3'].map((end) =>
      fillAlert(
        deps,
        { kind: 'assigned', values: {} },
        { ticket: aTicket({ number: `2600000${end}` }), language: 'ar' },
      ),
    );
    const { subject, text } = alertLetter(deps, 'ar', filled);
    expect(subject).toContain('3 تنبيهات');
    for (const end of ['1', '2', '3']) expect(text).toContain(`/console/tickets/2600000${end}`);
    expect(bare(text)).not.toMatch(odd);
  });
});

describe('the brief form for a phone', () => {
  it('takes one paid part in both languages', () => {
    for (const language of languages) {
      const filled = fillAlert(deps, { kind: 'platform-ticket', values: {} }, { ticket: aTicket(), language });
      expect(segments(alertBrief(deps, language, filled)).parts).toBe(1);
    }
  });

  it('has the number and says who writes', () => {
    const values = { ...noAlertValues, number: '26000010', organisation: 'ORGANISATION' };
    for (const language of languages) {
      const text = alertBrief(deps, language, { kind: 'platform-ticket', values });
      expect(text).toContain('26000010');
      expect(text).toContain('ORGANISATION');
    }
  });
});
