import { describe, expect, test } from 'vitest';
import { loadOrganisation } from '../../../src/organisation/load.ts';
import { promise } from '../../../src/sla/promise.ts';
import { complexities, importances, ticketTypes } from '../../../src/ticket/types.ts';

const content = await loadOrganisation('knowledge-base/organisation');
const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

function hijriDay(date: string): string {
  const parts = hijri.formatToParts(new Date(`${date}T12:00:00Z`));
  return ['month', 'day'].map((type) => parts.find((part) => part.type === type)?.value).join('/');
}

describe('the shipped organisation', () => {
  test('asks for name, entity, category and inquiry in this order', () => {
    expect(content.intake.questions.map(({ field }) => field)).toEqual(['name', 'entity', 'category', 'inquiry']);
  });

  test('knows academic and administrative staff, students and people from outside', () => {
    const ids = content.organisation.categories.map(({ id }) => id);
    expect(ids).toEqual(['academic', 'administrative', 'student', 'outside']);
  });

  test('uses only numbers and addresses that cannot be anybody’s', () => {
    const text = JSON.stringify(content);
    const numbers = text.match(/\+966[\d ]+\d/g) ?? [];
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter((number) => !number.startsWith('+966 11 000 000'))).toEqual([]);
    const hosts = text.match(/(?<=@|:\/\/)[a-z0-9.-]+/g) ?? [];
    expect(hosts.length).toBeGreaterThan(0);
    const [chats, others] = [hosts.filter((host) => host === 'wa.me'), hosts.filter((host) => host !== 'wa.me')];
    expect(others.filter((host) => !host.endsWith('.example'))).toEqual([]);
    expect(text.match(/wa\.me\/96611000000\d(?!\d)/g)).toHaveLength(chats.length);
  });

  test('proposes the feasts of 2026 and 2027 where the Umm al-Qura calendar has them, none of them confirmed', () => {
    const proposed = content.calendars[0]?.proposed ?? [];
    const fitr = proposed.filter(({ name }) => name.en?.includes('Fitr')).map(({ date }) => hijriDay(date));
    const adha = proposed.filter(({ name }) => name.en?.includes('Adha')).map(({ date }) => hijriDay(date));
    expect(fitr).toEqual(['9/30', '10/1', '10/2', '10/3', '10/1', '10/2', '10/3', '10/4']);
    expect(adha).toEqual(['12/9', '12/10', '12/11', '12/12', '12/9', '12/10', '12/11', '12/12']);
    expect(new Set(proposed.map(({ date }) => date.slice(0, 4)))).toEqual(new Set(['2026', '2027']));
    expect(proposed.filter(({ confirmed }) => confirmed)).toEqual([]);
  });

  test('gives every service words in both languages, none of them twice in one service', () => {
    for (const { id, words } of content.services) {
      for (const list of [words.ar, words.en]) {
        expect(list.length, id).toBeGreaterThan(3);
        expect(new Set(list).size, id).toBe(list.length);
      }
    }
  });

  test('promises both clocks to every ticket', () => {
    for (const channel of ['web-chat', 'email', 'x', 'desk', 'whatsapp-cloud'])
      for (const type of ticketTypes)
        for (const importance of importances)
          for (const complexity of complexities) {
            const facts = { channel, type, importance, complexity };
            const promised = promise(content.sla, content.calendars, facts, Date.parse('2026-11-22T08:00:00.000Z'));
            expect([facts, promised.firstResponse?.dueAt, promised.resolution?.dueAt]).not.toContain(undefined);
          }
  });
});
