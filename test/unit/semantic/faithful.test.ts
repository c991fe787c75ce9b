import { describe, expect, it } from 'vitest';
import { whyUnfaithful } from '../../../src/semantic/faithful.ts';

const body = `يمكنكم استعادة كلمة المرور من بوابة الخدمات https://portal.example.edu/reset خلال 24 ساعة من الطلب.
لا تُرسل كلمة المرور بالبريد الإلكتروني. للمساعدة اتصلوا على 920012345 أو اكتبوا إلى help@example.edu.
تُقبل الطلبات من الساعة ٨:٠٠ إلى 14:30، ورسوم بدل البطاقة 1,000 ريال.`;

const english = `You can renew your card at the service desk within three days. It is not free: the fee is 50 riyals. Bring your old card.`;

describe('a shortened text', () => {
  it.each([
    'يمكنكم استعادة كلمة المرور من بوابة الخدمات https://portal.example.edu/reset خلال 24 ساعة. لا تُرسل كلمة المرور بالبريد.',
    'استعادة كلمة المرور من بوابة الخدمات خلال ٢٤ ساعة، ولا تُرسل بالبريد. للمساعدة: 920012345، من الساعة 8:00 إلى 14:30، الرسوم 1000 ريال.',
  ])('may be said where it says what the approved one says: %s', (said) => {
    expect(whyUnfaithful(said, body)).toBeNull();
  });

  it('may be said in English as well', () => {
    expect(
      whyUnfaithful('Renew your card at the service desk within three days. Not free: 50 riyals.', english),
    ).toBeNull();
  });

  it('may always be the text itself', () => {
    expect(whyUnfaithful(body, body)).toBeNull();
    expect(whyUnfaithful(english, english)).toBeNull();
  });

  it.each([
    ['it is empty', ' … ', body],
    ['it is longer than the text', `${english} ${english}`, english],
    ['it is in another language', 'Reset the password on the portal.', body],
    [
      'it has a link that the text has not',
      'استعادة كلمة المرور من https://evil.example/reset ولا تُرسل بالبريد.',
      body,
    ],
    ['it has a link that the text has not', 'Renew your card at evil.com, not free: 50 riyals.', english],
    ['it has an address that the text has not', 'لا تُرسل كلمة المرور بالبريد. اكتبوا إلى thief@example.edu.', body],
    ['it has a number that the text has not', 'استعادة كلمة المرور خلال 48 ساعة ولا تُرسل بالبريد.', body],
    ['it has a number that the text has not', 'استعادة كلمة المرور خلال ٤٨ ساعة ولا تُرسل بالبريد.', body],
    [
      'it has a number that the text has not',
      'Renew your card at the desk within ten days. Not free: 50 riyals.',
      english,
    ],
    ['it has a phone that the text has not', 'لا تُرسل كلمة المرور بالبريد. اتصلوا على 0551234567.', body],
    ['it may say the contrary', 'تُرسل كلمة المرور بالبريد الإلكتروني خلال 24 ساعة.', body],
    ['it may say the contrary', 'Renew your card at the service desk. It is free.', english],
    ['it says what the text does not', 'لا تثقوا بالجامعة فإن موظفيها لصوص يسرقون أموالكم.', body],
    ['it says what the text does not', 'Not free: send your secret pin to the man at the gate, riyals.', english],
  ])('is refused because %s', (why, said, approved) => {
    expect(whyUnfaithful(said, approved)).toBe(why);
  });
});
