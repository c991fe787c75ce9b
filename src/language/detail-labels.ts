import { fold, wordsOf } from './fold.ts';
import { byFirst, longestOf } from './openers.ts';

/** What a label says about the words behind it; `other` is a detail that nobody asked for, `matter` what the person wants. */
export type LabelKind = 'name' | 'entity' | 'category' | 'other' | 'matter';

const labels: Record<LabelKind, string> = {
  name: `الاسم, اسم, اسمي, اسمي هو, الاسم هو, الاسم الكامل, الاسم الثلاثي, الاسم الرباعي, اسم الطالب, اسم الطالبة, اسم الموظف, اسم الموظفة, اسم مقدم الطلب, اسم مقدمة الطلب, اسم المستفيد, اسم المرسل,
    name, my name, my name is, full name, my full name, student name, your name, first and last name`,
  entity: `الجهة, جهتي, الجهه التابع لها, الجهة التابع لها, الجهة التابعة لها, جهة العمل, جهة الانتماء, الكلية, كليتي, كلية, القسم, قسم, العمادة, الإدارة, إدارة, الوحدة, المنشأة, الشركة, مكان العمل, الكلية أو القسم, الجهة أو الكلية, الكلية والقسم,
    entity, my entity, college, my college, department, my department, dept, faculty, unit, organisation, organization, college or department, college/department, workplace, affiliation, company`,
  category: `الفئة, فئتي, الصفة, صفتي, التصنيف, نوع المستفيد, الحالة الوظيفية, الوظيفة, المسمى, المسمى الوظيفي, الدور,
    category, my category, role, my role, position, job title, i am, type, user type`,
  other: `الجوال, رقم الجوال, جوالي, رقمي, الهاتف, رقم الهاتف, البريد, البريد الإلكتروني, بريدي, الإيميل, ايميلي, الرقم الجامعي, رقمي الجامعي, الرقم الوظيفي, رقم الهوية, الهوية, السجل المدني, رقم الطلب, رقم التذكرة, التاريخ,
    phone, phone number, mobile, mobile number, my number, email, my email, e mail, id, student id, employee id, national id, university number, ticket, ticket number, date`,
  matter: `الموضوع, الطلب, طلبي, المشكلة, مشكلتي, الاستفسار, استفساري, الشكوى, شكواي, السؤال, سؤالي, الوصف, التفاصيل, ملاحظة, الملاحظات,
    subject, request, my request, problem, my problem, issue, question, my question, complaint, description, details, note, ps`,
};

const kinds = new Map(
  Object.entries(labels).flatMap(([kind, list]) =>
    list.split(',').map((label) => [fold(label), kind as LabelKind] as const),
  ),
);
const phrases = byFirst(...Object.values(labels));

/** A label with the stretch that it names. */
export interface Labelled {
  kind: LabelKind | null;
  label: string;
  value: string;
}

const sign = /^[\s\u200e\u200f]*[:：=؛/][\s\u200e\u200f]*/;
const looseSign = /^\s*(?:[-–—]+|\()\s*|^\t+/;
const boundary = /(?:^|[\s,،;؛|/(.])$/;

/** A line parted at its labels ("الاسم: …، الجهة: …"); what stands before the first has no kind. */
export const partAtLabels = (line: string): Labelled[] => {
  const words = wordsOf(line);
  const found: (Labelled & { start: number; from: number })[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const length = longestOf(phrases, words, at);
    const [first, last] = [words[at], words[at + length - 1]];
    if (length === 0 || !first || !last) continue;
    const behind = line.slice(last.end);
    const mark = sign.exec(behind) ?? (at === 0 ? looseSign.exec(behind) : null);
    if (!mark || !boundary.test(line.slice(0, first.start))) continue;
    const label = words
      .slice(at, at + length)
      .map((word) => word.folded)
      .join(' ');
    found.push({
      kind: kinds.get(label) ?? null,
      label,
      value: '',
      start: first.start,
      from: last.end + mark[0].length,
    });
    at += length - 1;
  }
  const before = line.slice(0, found[0]?.start ?? line.length);
  const parts = found.map(({ kind, label, from }, place) => ({
    kind,
    label,
    value: line.slice(from, found[place + 1]?.start ?? line.length).replace(/^[\s,،;؛|/.–—-]+|[\s,،;؛|/.(–—-]+$/g, ''),
  }));
  return /[\p{L}\p{N}]/u.test(before) ? [{ kind: null, label: '', value: before }, ...parts] : parts;
};
