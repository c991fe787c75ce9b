import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedCalendar } from '../../../src/organisation/organisation.ts';
import { describeHolidays } from '../../../src/web/contact/describe-holidays.ts';
import { describeHours } from '../../../src/web/contact/describe-hours.ts';
import { html, safeLink } from '../../../src/web/contact/html.ts';
import { renderContactPage } from '../../../src/web/contact/render.ts';
import { aContactView } from '../../e2e/contact-page.ts';

const office: NamedCalendar = {
  id: 'office',
  name: { ar: 'الدوام', en: 'Office' },
  calendar: {
    timeZone: 'Asia/Riyadh',
    week: {
      sun: [['07:30', '14:30']],
      mon: [
        ['07:30', '12:00'],
        ['13:00', '14:30'],
      ],
    },
    ranges: [{ from: '2027-02-08', to: '2027-03-08', week: { sun: [['10:00', '15:00']] } }],
    holidays: ['2027-02-22'],
  },
  proposed: [
    { date: '2027-03-09', name: { ar: 'عيد الفطر', en: 'Eid al-Fitr' }, confirmed: false },
    { date: '2027-03-10', name: { ar: 'عيد الفطر', en: 'Eid al-Fitr' }, confirmed: false },
    { date: '2028-05-05', name: { ar: 'بعيد', en: 'Far' }, confirmed: true },
  ],
};
const texts = {
  interval: '{from}–{to}',
  openUntil: 'open until {time}',
  openNow: 'open',
  closedNow: 'closed',
  opensToday: 'today {time}',
  opensTomorrow: 'tomorrow {time}',
  opensOn: '{day} {time}',
  holiday: 'Holiday',
};
const at = (local: string): number => Date.parse(`${local}:00+03:00`);
const hours = (local: string) => describeHours(office, 'en', at(local), texts);

describe('the hours on the contact page', () => {
  it.each([
    ['2026-11-22T09:00', true, 'open until 2:30 pm', undefined],
    ['2026-11-22T06:00', false, 'closed', 'today 7:30 am'],
    ['2026-11-22T20:00', false, 'closed', 'tomorrow 7:30 am'],
    ['2026-11-23T12:30', false, 'closed', 'today 1:00 pm'],
    ['2026-11-24T09:00', false, 'closed', 'Sunday 29 November 7:30 am'],
  ])('at %s tell whether people are there, and when they are back', (local, open, statusText, next) => {
    const told = hours(local);
    expect({ open: told.open, statusText: told.statusText, next: told.next }).toEqual({ open, statusText, next });
  });

  it('list the week from Sunday and mark the day that it is where the organisation is', () => {
    const { days } = hours('2026-11-23T00:30');
    expect(days.map(({ label }) => label)).toEqual([
      'Sunday',
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
      'Friday',
      'Saturday',
    ]);
    expect(days.filter(({ isToday }) => isToday).map(({ label }) => label)).toEqual(['Monday']);
    expect(days[1]?.times).toEqual(['7:30 am–12:00 pm', '1:00 pm–2:30 pm']);
    expect(days[5]?.times).toEqual([]);
  });

  it('are those of a special season while it lasts', () => {
    expect(hours('2027-02-10T09:00').days[0]?.times).toEqual(['10:00 am–3:00 pm']);
  });

  it('use Latin digits and the Gregorian calendar in Arabic too', () => {
    const told = describeHours(office, 'ar', at('2026-11-24T09:00'), { ...texts, opensOn: '{day} {time}' });
    expect(told.next).toBe('الأحد، 29 نوفمبر 7:30 ص');
  });
});

describe('the holidays on the contact page', () => {
  it('are those of the year ahead, days in a row as one, with the Hijri date, unannounced ones marked', () => {
    expect(describeHolidays(office, '2026-11-22', 'en', texts)).toEqual(
      [
        { name: 'Founding Day', date: '22 February 2027', hijri: '15 Ramadan 1448 AH' },
        { name: 'Eid al-Fitr', date: '9–10 March 2027', hijri: '1–2 Shawwal 1448 AH', isExpected: true },
      ].map((one) => ({ ...one, date: one.date })),
    );
  });
});

describe('the page itself', () => {
  it('escapes whatever stands in it', async () => {
    const view = await aContactView('en', at('2026-11-22T09:00'));
    const hostile = '"><script>alert(1)</script>';
    const both = { ar: hostile, en: hostile };
    const page = renderContactPage({
      ...view,
      organisation: {
        ...view.organisation,
        name: both,
        unit: both,
        about: both,
        phone: hostile,
        website: `javascript:${hostile}`,
      },
      services: [{ name: both, description: both, audience: both }],
      texts: Object.fromEntries(Object.keys(view.texts).map((key) => [key, hostile])),
      widgetSrc: hostile,
    });
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('javascript:');
  });

  it('holds no inline style, no inline script and one script of the widget', async () => {
    for (const language of ['ar', 'en'] as const) {
      const page = renderContactPage(await aContactView(language, at('2026-11-22T09:00')));
      expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    }
  });

  it('leaves no text of its templates unused and no place open', async () => {
    const page = renderContactPage(await aContactView('ar', at('2026-11-22T09:00')));
    expect(page).not.toMatch(/\{\w+\}|undefined|\[object/);
  });

  it('has the same texts in both languages', async () => {
    const [ar, en] = [await aContactView('ar', 0), await aContactView('en', 0)];
    expect(Object.keys(ar.texts).sort()).toEqual(Object.keys(en.texts).sort());
  });
});

describe('a template', () => {
  it('never lets a text open a tag or leave its attribute', () => {
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(html`${text}`.markup)));
  });

  it('keeps markup, lists, and nothing for nothing', () => {
    expect(html`<p>${[html`<b>${'&'}</b>`, false, undefined, 7]}</p>`.markup).toBe('<p><b>&amp;</b>7</p>');
  });

  it.each(['javascript:x', ' java\nscript:x', '//other.example', 'data:x', '', undefined])(
    'makes no link of %j',
    (address) => {
      expect(safeLink(address)).toBeUndefined();
    },
  );
});
