import { describe, expect, it } from 'vitest';
import { longBriefs } from '../../../src/notice/long-briefs.ts';
import { loadTemplates } from '../../../src/template/load.ts';

const shipped = await loadTemplates('templates');
const name = { ar: 'جامعة الغضا', en: 'Al-Ghada University' };
const edited = (id: string, texts: Record<string, string>) =>
  shipped.map((one) => (one.id === id ? { ...one, texts: { ...one.texts, ...texts } } : one));

describe('brief texts that cost more than they need', () => {
  it('are none of the shipped ones', () => {
    expect(longBriefs(shipped, { name }, 'Asia/Riyadh')).toEqual([]);
  });

  it('are told with their language and their parts, and so is what a long name makes of them', () => {
    const long = edited('notice-closed', { 'ar.brief': `${'كلمة '.repeat(30)}{{ number }}` });
    expect(longBriefs(long, { name }, 'Asia/Riyadh')).toEqual([
      { template: 'notice-closed', language: 'ar', segments: 3 },
    ]);
    const ministry = { name: { ar: 'وزارة الشؤون البلدية والقروية والإسكان', en: 'Ministry' } };
    const warned = longBriefs(shipped, ministry, 'Asia/Riyadh');
    expect(warned.map(({ language }) => language)).toEqual(Array(11).fill('ar'));
    const shortName = { ar: 'الوزارة', en: 'Ministry' };
    expect(longBriefs(shipped, { ...ministry, shortName }, 'Asia/Riyadh')).toEqual([]);
  });

  it('are those that say the matter or the reason, and those that have no brief form', () => {
    const told = (texts: Record<string, string>, id = 'notice-delayed') =>
      longBriefs(edited(id, texts), { name }, 'Asia/Riyadh').map(({ template, language }) => `${template} ${language}`);
    expect(told({ 'ar.brief': 'تأخر {{ number }}: {{ reason }}' })).toEqual(['notice-delayed ar']);
    const { ar = '', en = '' } = shipped.find(({ id }) => id === 'notice-closed')?.texts ?? {};
    const plain = shipped.map((one) => (one.id === 'notice-closed' ? { ...one, texts: { ar, en } } : one));
    expect(longBriefs(plain, { name }, 'Asia/Riyadh').map(({ template }) => template)).toEqual([
      'notice-closed',
      'notice-closed',
    ]);
  });

  it('are not those that cannot be said at all', () => {
    const broken = edited('notice-closed', { 'ar.brief': '{{ nothing.there }}' });
    expect(longBriefs(broken, { name }, 'Asia/Riyadh')).toEqual([]);
  });
});
