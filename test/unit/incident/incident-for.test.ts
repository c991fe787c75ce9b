import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/incident/incident.ts';
import { incidentFor } from '../../../src/incident/incident-for.ts';

const both = { ar: 'عطل', en: 'Outage' };
const anIncident = (facts: Partial<Incident>): Incident => ({
  id: 'i',
  version: 1,
  title: both,
  message: both,
  service: null,
  words: [],
  state: 'open',
  openedAt: '2026-11-25T08:00:00.000Z',
  openedBy: 'samia',
  closedAt: null,
  told: [],
  telling: null,
  nextAt: null,
  ...facts,
});

const network = anIncident({ id: 'network', words: ['الشبكة', 'wifi', 'no internet'] });
const mail = anIncident({ id: 'mail', service: 'email' });
const platform = anIncident({ id: 'platform', service: 'platform', words: ['لا تفتح'] });

const found = (text: string, service: string | null = null, known = [network, mail, platform]) =>
  incidentFor(known, { service, text })?.id ?? null;

describe('what somebody writes of', () => {
  it.each([
    ['النت مقطوع والشبكه ما تشتغل', null, 'network'],
    ['There is no Internet in hall 3', null, 'network'],
    ['my wifi is down', 'maintenance', 'network'],
    ['لا يصلني أي بريد', 'email', 'mail'],
    ['المنصة لا تفتح منذ الصباح', 'platform', 'platform'],
  ])('%s (%s) is the incident %s', (text, service, id) => {
    expect(found(text, service)).toBe(id);
  });

  it.each([
    ['كيف أحصل على شهادتي؟', null],
    ['المنصة بطيئة قليلًا', 'platform'],
    ['التقديم لا تفتح صفحته', 'admission'],
    ['internet', null],
    ['the internet is fine, no complaints, thanks', null],
    ['', null],
  ])('%s (%s) is none', (text, service) => {
    expect(found(text, service)).toBeNull();
  });

  it('is the newest of several, and never one that is over', () => {
    const newer = anIncident({ id: 'newer', words: ['wifi'], openedAt: '2026-11-25T09:00:00.000Z' });
    expect(found('wifi', null, [network, newer])).toBe('newer');
    expect(found('wifi', null, [network, { ...newer, state: 'closing' }])).toBe('network');
    expect(found('wifi', null, [{ ...network, state: 'closed' }])).toBeNull();
  });
});
