import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/language/detect.ts';

const sure: [string, 'ar' | 'en'][] = [
  ['السلام عليكم', 'ar'],
  ['وش صار على طلبي', 'ar'],
  ['hello', 'en'],
  ['how do I reset my password', 'en'],
  ['كيف اسوي reset للباسورد', 'ar'],
  ['please check القاعة', 'en'],
  ['salam, how do I reset my password', 'en'],
  ['hi', 'en'],
  ['مرحبا', 'ar'],
  ['شكرا thx', 'ar'],
  ['no شكرا', 'ar'],
  ['هلا hi', 'ar'],
  ['wifi ما يشتغل', 'ar'],
  ['blackboard ما يفتح معي', 'ar'],
  ['projector خربان', 'ar'],
  ['password reset لو سمحت', 'ar'],
  ['اسمي Sara Ahmed', 'ar'],
  ['اسمي John Smith من College of Science', 'ar'],
  ['my name is سارة أحمد', 'en'],
  ['البروجكتر doesnt work', 'en'],
  ['good evening', 'en'],
  ['yes please', 'en'],
  ['salam alaikum how are you', 'en'],
  ['blackboard not opening', 'en'],
  ['who are you', 'en'],
  ['راسلوني على someone@very-long-domain.example', 'ar'],
  ['شوف https://example.edu/a/very/long/path/in/latin', 'ar'],
];

describe('the language of a text', () => {
  it.each(sure)('of %j is surely %s', (text, language) => {
    expect(detectLanguage(text)).toMatchObject({ language, sure: true, arabizi: false });
  });

  it.each([
    'ok',
    'OK',
    'ok 👍',
    'thx',
    'yes',
    'no',
    'IT',
    'TA',
    'PDF',
    'la',
    'lol',
    'sara ahmed',
    'Ahmed',
    'Bonjour je veux parler',
    'ب',
  ])('of %j is not sure', (text) => {
    expect(detectLanguage(text).sure).toBe(false);
  });

  it.each(['123', '', '👍', '؟'])('of %j is none', (text) => {
    expect(detectLanguage(text)).toEqual({ language: null, script: 'none', arabizi: false, sure: false });
  });

  it.each([
    'hala',
    'ya hala',
    'shukran',
    'marhaba',
    'inshallah',
    'tamam',
    'al salam alaikum',
    'abi projector',
    'el projector ma yeshtaghal',
    'mafi internet',
    'ma3 alsalama',
    'wen',
    '3ndi mushkila',
    'salam',
    'abgha a3raf mata el dawam',
    'wesh sar 3ala talabi',
    'mar7aba',
    'mumkin akallim muwazaf',
    'kefak',
  ])('of %j is Arabic in Latin letters', (text) =>
    expect(detectLanguage(text)).toMatchObject({ language: 'ar', script: 'latin', arabizi: true }),
  );

  it.each(['3rd floor room 12', 'play the mp3', 'covid19 test', 'I need help inshallah', 'at 7am on the 2nd'])(
    'of %j is no Arabizi',
    (text) => expect(detectLanguage(text)).toMatchObject({ language: 'en', arabizi: false }),
  );

  it('is doubted where the letters are of Persian or Urdu', () => {
    expect(detectLanguage('چطور می‌توانم کمک بگیرم').sure).toBe(false);
  });

  it('names the script', () => {
    expect(detectLanguage('مرحبا').script).toBe('arabic');
    expect(detectLanguage('hi').script).toBe('latin');
    expect(detectLanguage('مرحبا hi').script).toBe('mixed');
  });
});
