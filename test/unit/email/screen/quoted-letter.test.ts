import { describe, expect, it } from 'vitest';
import { bytes, lines, read } from '../reader/build-mail.ts';

/** A letter of ours as it stands below an answer: it says of itself that nobody wrote it. */
const letter = {
  ar: lines(
    'السلام عليكم ورحمة الله وبركاته',
    'وصلت رسالتكم إلى رعاية المستفيدين، وهذا رد آلي فوري عليها.',
    'نحن الآن خارج أوقات العمل. شكراً لتواصلكم، وسيتم الرد خلال يومي عمل.',
    'رقم طلبكم: 4821',
    'كُتبت هذه الرسالة آلياً، ويمكن طلب التواصل مع موظف في أي وقت.',
  ),
  en: lines(
    'Welcome, Mona.',
    'Your message reached the care unit; this is an immediate automatic answer, an automatic reply to your mail.',
    'Our offices are closed. Thank you for contacting us, we will get back to you.',
    'Your reference number: 4821',
    'This mail was written automatically. You can ask for a member of staff at any time.',
  ),
};

const headOf = {
  ar: (sent: string) =>
    lines(
      'من: رعاية المستفيدين <care@body.example>',
      `${sent}: الجمعة، 20 نوفمبر 2026 9:58 ص`,
      'إلى: منى <mona@people.example>',
      'الموضوع: رد: سؤال عن الطلب',
    ),
  en: lines(
    'From: Care <care@body.example>',
    'Sent: Friday, November 20, 2026 9:58:00 AM',
    'To: Mona <mona@people.example>',
    'Subject: Re: A question',
  ),
};

const rule = '________________________________';

const quotings: [program: string, language: 'ar' | 'en', above: string][] = [
  ['Outlook for iOS', 'ar', lines('الحصول على Outlook لـ iOS', rule, headOf.ar('تاريخ الإرسال'))],
  ['Outlook for iOS', 'en', lines('Get Outlook for iOS<https://aka.ms/o0ukef>', rule, headOf.en)],
  ['Outlook for Android', 'ar', lines('الحصول على Outlook لـ Android', rule, headOf.ar('تاريخ الإرسال'))],
  ['Outlook for Android', 'en', lines('Get Outlook for Android<https://aka.ms/AAb9ysg>', rule, headOf.en)],
  ['Outlook on a desk', 'ar', headOf.ar('تم الإرسال')],
  ['Outlook on a desk', 'en', lines('-----Original Message-----', headOf.en)],
  ['Outlook on the web', 'ar', lines(rule, headOf.ar('تم الإرسال'))],
  ['Samsung', 'ar', lines('تم الإرسال من هاتف Galaxy', '', '-------- الرسالة الأصلية --------', headOf.ar('التاريخ'))],
  ['Samsung', 'en', lines('Sent from my Galaxy', '', '-------- Original message --------', headOf.en)],
  [
    'Apple',
    'ar',
    lines('أُرسلت من الـ iPhone', '', 'في ٢٠ نوفمبر ٢٠٢٦، الساعة ٩:٥٨ ص، كتب/كتبت Care <care@body.example>:'),
  ],
  ['Apple', 'en', lines('Sent from my iPhone', '', 'On 20 Nov 2026, at 9:58 AM, Care <care@body.example> wrote:')],
];

const words = {
  ar: ['نعم ما زالت المشكلة قائمة', 'شكراً', 'لم أفهم، أريد التحدث إلى موظف'],
  en: ['Yes, it is still broken', 'Thanks', 'Please pass me on to somebody'],
};

const reply = (type: string, body: string): Buffer =>
  bytes(
    lines(
      'From: Mona <mona@people.example>',
      'To: care@body.example',
      'Subject: Re: A question',
      'Message-ID: <two@people.example>',
      'In-Reply-To: <one@wasl.body.example>',
      `Content-Type: ${type}; charset=utf-8`,
      '',
      '',
    ),
    body,
  );

const asHtml = (text: string): string =>
  text
    .replace(/</g, '&lt;')
    .split('\r\n')
    .map((line) => (line === rule ? '<hr>' : `<div>${line || '<br>'}</div>`))
    .join('\r\n');

const cases = quotings.flatMap(([program, language, above]) =>
  words[language].map((said) => ({ program, said, text: lines(said, '', above, '', letter[language]) })),
);

describe('an answer below which our own automatic letter stands', () => {
  it.each(cases)('is a person’s in plain words: $program, $said', async ({ said, text }) => {
    const mail = await read(reply('text/plain', text));
    expect([mail.automated, mail.why, mail.newText]).toEqual(['none', null, said]);
  });

  it.each(cases)('is a person’s in HTML: $program, $said', async ({ said, text }) => {
    const mail = await read(reply('text/html', asHtml(text)));
    expect([mail.automated, mail.why, mail.newText]).toEqual(['none', null, said]);
  });

  it.each(['ar', 'en'] as const)('is a robot’s where the same words stand above (%s)', async (language) => {
    const mail = await read(reply('text/plain', lines(letter[language], '', headOf.en, '', 'My request is late.')));
    expect(mail.automated).toBe('auto-reply');
  });
});
