import iconv from 'iconv-lite';

/** What a mail of the corpus is. */
export type CorpusKind = 'plain' | 'html' | 'reply' | 'files' | 'bounce' | 'auto-reply' | 'newsletter';

export interface CorpusMail {
  kind: CorpusKind;
  /** Message-ID with angle brackets. */
  id: string;
  from: string;
  /** A person wrote it, who must get an answer. */
  isPerson: boolean;
  raw: Buffer;
}

export interface CorpusOptions {
  /** Where the mails go. */
  to: string;
  /** Random numbers from 0 to 1; the same ones give the same mails. */
  random(): number;
  /** Begins the Message-IDs, so that two corpora in one mailbox do not meet. */
  name?: string;
}

const givenNames = ['سارة', 'خالد', 'نورة', 'فهد', 'ريم', 'عبدالله', 'هند', 'ماجد', 'لطيفة', 'يوسف', 'منى', 'تركي'];
const familyNames = ['الغامدي', 'الحربي', 'القحطاني', 'الدوسري', 'الشهري', 'العتيبي', 'الزهراني', 'المطيري'];
const things = ['جهاز العرض', 'المكيف', 'الشاشة', 'الطابعة', 'لوحة المفاتيح', 'الإضاءة', 'مكبر الصوت', 'باب المعمل'];
const places = ['القاعة الكبرى', 'المكتبة', 'المعمل الثالث', 'مبنى العلوم', 'المسرح', 'قاعة التدريب', 'المدخل الشرقي'];
const faults = ['لا يعمل', 'يتوقف كثيراً', 'يصدر صوتاً عالياً', 'يحتاج إلى صيانة', 'توقف فجأة', 'بطيء جداً'];
const times = ['منذ أسبوع', 'منذ يومين', 'منذ صباح اليوم', 'منذ بداية الفصل', 'منذ شهر', 'منذ الأحد الماضي'];
const wishes = [
  'نرجو النظر في الأمر قريباً',
  'نأمل إرسال فني لمعاينته',
  'أرجو إفادتي بموعد الإصلاح',
  'نحتاج إليه قبل موعد المحاضرة',
  'آمل تزويدي برقم الطلب',
];
const subjects = ['طلب صيانة', 'استفسار', 'شكوى', 'اقتراح', 'طلب إعارة', 'متابعة طلب'];
const englishThings = ['projector', 'printer', 'microphone', 'air conditioning', 'door lock', 'screen'];
const englishPlaces = ['hall twelve', 'the library', 'lab three', 'the theatre', 'building nine', 'the east wing'];
const englishFaults = ['does not work', 'stops every hour', 'makes a loud noise', 'needs a new cable', 'is very slow'];

const pick = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)] as T;

/** Letters that stand for a number, so that no two mails have the same words once figures are left out. */
const spelled = (count: number): string => [...String(count)].map((digit) => 'بتثجحخدذرز'[Number(digit)]).join('');

const arabicWords = (count: number, random: () => number): string => {
  const sentence = () =>
    `${pick(things, random)} في ${pick(places, random)} ${pick(faults, random)} ${pick(times, random)}، ${pick(wishes, random)}.`;
  const more = Array.from({ length: 1 + Math.floor(random() * 4) }, sentence);
  return `السلام عليكم ورحمة الله\n\n${more.join('\n')}\nوالرمز الداخلي للجهاز هو ${spelled(count)}.\n\nمع التحية`;
};

const englishWords = (count: number, random: () => number): string => {
  const sentence = () =>
    `The ${pick(englishThings, random)} in ${pick(englishPlaces, random)} ${pick(englishFaults, random)} since last week.`;
  const more = Array.from({ length: 1 + Math.floor(random() * 4) }, sentence);
  const code = [...String(count)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('');
  return `Good morning,\n\n${more.join('\n')}\nThe label on it reads ${code}. Could somebody have a look?\n\nKind regards`;
};

const folded = (text: string): string => text.replace(/.{76}/g, '$&\r\n');
const base64 = (bytes: Buffer): string => folded(bytes.toString('base64'));
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

const quotedPrintable = (bytes: Buffer): string => {
  const lines: string[] = [];
  let line = '';
  for (const byte of bytes) {
    if (byte === 10) {
      lines.push(line);
      line = '';
      continue;
    }
    const plain = byte >= 32 && byte < 127 && byte !== 61;
    const sign = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (line.length + sign.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += sign;
  }
  return [...lines, line].join('\r\n').replaceAll(' \r\n', '=20\r\n');
};

type Encoding = 'base64' | 'quoted-printable' | '8bit';

interface Part {
  charset: string;
  encoding: Encoding;
  type?: string;
  text: string;
}

const encoded = ({ charset, encoding, text }: Part): Buffer => {
  const bytes = iconv.encode(text, charset);
  if (encoding === 'base64') return Buffer.from(base64(bytes));
  if (encoding === 'quoted-printable') return Buffer.from(quotedPrintable(bytes));
  return iconv.encode(crlf(text), charset);
};

const partHead = ({ charset, encoding, type = 'text/plain' }: Part): string =>
  `Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;

const whole = (part: Part): Buffer => Buffer.concat([Buffer.from(partHead(part)), encoded(part), Buffer.from('\r\n')]);

const multipart = (type: string, boundary: string, parts: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from(`Content-Type: ${type}; boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);

const word = (text: string, charset = 'utf-8'): string =>
  `=?${charset}?B?${iconv.encode(text, charset).toString('base64')}?=`;

const arabicPart = (text: string, random: () => number): Part => {
  const chance = random();
  if (chance < 0.5) return { charset: 'utf-8', encoding: 'base64', text };
  if (chance < 0.65) return { charset: 'utf-8', encoding: 'quoted-printable', text };
  if (chance < 0.75) return { charset: 'utf-8', encoding: '8bit', text };
  if (chance < 0.95) return { charset: 'windows-1256', encoding: chance < 0.85 ? 'quoted-printable' : '8bit', text };
  return { charset: 'iso-8859-6', encoding: 'base64', text };
};

const paragraphs = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<p class="MsoNormal" dir="RTL" style="margin:0;font-family:Arial">${line || '&nbsp;'}</p>`)
    .join('\n');

const page = (text: string): string =>
  `<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>p{margin:0}</style></head><body><table><tr><td>${paragraphs(text)}</td></tr></table><img src="https://tracker.example.net/dot.gif" width="1" height="1"></body></html>`;

interface Draft {
  count: number;
  random(): number;
  boundary: string;
}

interface Body {
  /** Header lines beside the usual ones. */
  head?: string[];
  subject?: string;
  from?: string;
  bytes: Buffer;
}

const htmlPart = (text: string): Part => ({
  charset: 'utf-8',
  encoding: 'quoted-printable',
  type: 'text/html',
  text: page(text),
});

const plain = ({ count, random }: Draft): Body =>
  random() < 0.3
    ? { bytes: whole({ charset: 'utf-8', encoding: 'quoted-printable', text: englishWords(count, random) }) }
    : { bytes: whole(arabicPart(arabicWords(count, random), random)) };

const html = ({ count, random, boundary }: Draft): Body => {
  const text = arabicWords(count, random);
  if (random() < 0.3) return { bytes: whole(htmlPart(text)) };
  const parts = [whole(arabicPart(text, random)), whole(htmlPart(text))];
  return { bytes: multipart('multipart/alternative', boundary, parts) };
};

const reply = ({ count, random }: Draft): Body => {
  const quoted = arabicWords(count + 1_000_000, random).replace(/^/gm, '> ');
  const arabic = random() < 0.6;
  const attribution = arabic
    ? 'في الأحد، 22 نوفمبر 2026 في 9:10 ص تمت كتابة ما يلي بواسطة العناية <care@example.org>:'
    : 'On Sun, 22 Nov 2026 at 09:10, Care <care@example.org> wrote:';
  const words = arabic ? arabicWords(count, random) : englishWords(count, random);
  const root = `<root-${count}@elsewhere.example>`;
  return {
    head: [`In-Reply-To: ${root}`, `References: ${root}`],
    subject: `${arabic ? 'رد' : 'Re'}: ${pick(subjects, random)} ${count}`,
    bytes: whole({ charset: 'utf-8', encoding: 'base64', text: `${words}\n\n${attribution}\n${quoted}\n` }),
  };
};

const noise = (length: number, random: () => number): Buffer => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 4)
    bytes.writeUInt32LE(Math.floor(random() * 4_294_967_295), Math.min(at, length - 4));
  return bytes;
};

const file = (type: string, name: string, content: Buffer): Buffer =>
  Buffer.from(
    `Content-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(content)}\r\n`,
  );

const pngHead = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const files = ({ count, random, boundary }: Draft): Body => {
  const size = 4_000 + Math.floor(random() ** 3 * 200_000);
  const isPicture = random() < 0.5;
  const attached = isPicture
    ? file('image/png', `photo-${count}.png`, Buffer.concat([pngHead, noise(size, random)]))
    : file('application/pdf', `form-${count}.pdf`, Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(size, random)]));
  const words = whole(arabicPart(arabicWords(count, random), random));
  return { bytes: multipart('multipart/mixed', boundary, [words, attached]) };
};

const bounce = ({ count, boundary }: Draft): Body => {
  const words = whole({ charset: 'us-ascii', encoding: '8bit', text: 'Your message could not be delivered.\n' });
  const status = `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; gone-${count}@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n`;
  const original = `Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <unknown-${count}@example.org>\r\nSubject: x\r\n`;
  return {
    from: 'MAILER-DAEMON@mx.example.net',
    subject: 'Undelivered Mail Returned to Sender',
    head: ['Auto-Submitted: auto-replied', 'Return-Path: <>'],
    bytes: multipart('multipart/report; report-type=delivery-status', boundary, [
      words,
      Buffer.from(status),
      Buffer.from(original),
    ]),
  };
};

const autoReply = ({ random }: Draft): Body => ({
  head: random() < 0.5 ? ['Auto-Submitted: auto-replied'] : ['X-Autoreply: yes', 'Precedence: auto_reply'],
  subject: 'رد تلقائي: خارج المكتب',
  bytes: whole({
    charset: 'utf-8',
    encoding: 'base64',
    text: 'أنا في إجازة حتى بداية الشهر القادم، وسأرد على رسالتك عند عودتي.\n',
  }),
});

const newsletter = ({ count, random, boundary }: Draft): Body => {
  const text = Array.from({ length: 12 }, () => arabicWords(count, random)).join('\n\n');
  return {
    from: `news-${count % 40}@lists.example.com`,
    subject: `النشرة الأسبوعية ${count}`,
    head: ['List-Id: <news.lists.example.com>', 'List-Unsubscribe: <https://lists.example.com/u>', 'Precedence: bulk'],
    bytes: multipart('multipart/alternative', boundary, [whole(arabicPart(text, random)), whole(htmlPart(text))]),
  };
};

const mix: readonly [CorpusKind, number, (draft: Draft) => Body][] = [
  ['plain', 0.45, plain],
  ['html', 0.17, html],
  ['reply', 0.16, reply],
  ['files', 0.08, files],
  ['bounce', 0.03, bounce],
  ['auto-reply', 0.04, autoReply],
  ['newsletter', 0.07, newsletter],
];

const robots: readonly CorpusKind[] = ['bounce', 'auto-reply', 'newsletter'];

function choose(random: () => number): (typeof mix)[number] {
  let left = random();
  for (const one of mix) {
    left -= one[1];
    if (left < 0) return one;
  }
  return mix[0] as (typeof mix)[number];
}

const headOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`);

function draw(count: number, { to, random, name = 'mail' }: CorpusOptions): CorpusMail {
  const [kind, , write] = choose(random);
  const body = write({ count, random, boundary: `=_part_${count}_x` });
  const id = `<${name}-${count}@people.example.net>`;
  const from = body.from ?? `person-${name}-${count >> 1}@people.example.net`;
  const person = `${pick(givenNames, random)} ${pick(givenNames, random)} ${pick(familyNames, random)}`;
  const charset = random() < 0.2 ? 'windows-1256' : 'utf-8';
  const head = headOf([
    `Received: from mx.people.example.net ([192.0.2.7]) by mail.example.org with ESMTPS; Sun, 22 Nov 2026 09:12:33 +0300`,
    `Message-ID: ${id}`,
    `Date: ${new Date(Date.now() - 60_000).toUTCString().replace('GMT', '+0000')}`,
    `From: ${word(person, charset)} <${from}>`,
    `To: ${word('العناية بالمستفيدين', charset)} <${to}>`,
    `Subject: ${word(body.subject ?? `${pick(subjects, random)} ${count}`, charset)}`,
    'MIME-Version: 1.0',
    ...(body.head ?? []),
  ]);
  return { kind, id, from, isPerson: !robots.includes(kind), raw: Buffer.concat([head, body.bytes]) };
}

/**
 * Mails of mixed kinds, as they come to the care unit of a public body: Arabic in several charsets and transfer encodings,
 * English, pages, replies with quotes, files, bounces, robots and newsletters. No two have the same words; nobody sends
 * more than two.
 */
export function* mailCorpus(count: number, options: CorpusOptions): Generator<CorpusMail> {
  for (let at = 0; at < count; at++) yield draw(at, options);
}
