import { bare, foldedOf, type Line } from './lines.ts';

type Kind = 'from' | 'sent' | 'to' | 'subject' | 'copy';

/** The labels of the head of a quoted mail, in the folded form of `bare`. */
const labels: Record<Kind, string> = {
  from: 'from|de|von|van|da|fra|från|od|lähettäjä|kimden|gönderen|من|المرسل|از|منجانب|发件人|寄件者|差出人|보낸 사람|от|от кого|מאת|expéditeur|mittente|remitente|dari|pengirim',
  sent: 'sent|date|envoyé|envoyé le|fecha|enviado|enviado el|enviado em|gesendet|datum|verzonden|inviato|data|sendt|dato|skickat|lähetetty|wysłano|gönderildi|gönderme tarihi|tarih|تم الارسال|تاريخ الارسال|تاريخ|التاريخ|ارسلت|مرسل|تم الارسال في|بتاريخ|发送时间|日期|送信日時|보낸 날짜|отправлено|дата|נשלח|תאריך',
  to: 'to|à|a|para|an|aan|til|till|do|kime|alıcı|الي|المستلم|به|بنام|收件人|宛先|받는 사람|кому|אל|destinataire|kepada',
  subject:
    'subject|objet|asunto|betreff|onderwerp|oggetto|assunto|emne|ämne|aihe|temat|konu|الموضوع|موضوع|主题|主旨|件名|제목|тема|נושא|perihal',
  copy: 'cc|bcc|kopie|copie|نسخه|نسخه الي|نسخه كربونيه|reply-to|importance|الاهميه|attachments|المرفقات|抄送|копия|עותק|الرد علي',
};

const kinds = new Map<string, Kind>(
  Object.entries(labels).flatMap(([kind, words]) => words.split('|').map((word) => [word, kind as Kind] as const)),
);

interface Field {
  kind: Kind;
  value: string;
}

const field = /^[*_\s]*([^:：*]{1,24}?)\s*\**\s*[:：]\s*\**(.*)$/;

const known = new WeakMap<Line, Field | null>();

const fieldOf = (line: Line): Field | null => {
  const before = known.get(line);
  if (before !== undefined) return before;
  const read = readField(line);
  known.set(line, read);
  return read;
};

const readField = (line: Line): Field | null => {
  if (!/[:：]/.test(line.plain)) return null;
  const [, label = '', value = ''] = field.exec(line.plain) ?? [];
  const kind = kinds.get(bare(label.trim()));
  return kind === undefined ? null : { kind, value };
};

const time = /[\d\u0660-\u0669\u06f0-\u06f9]{1,2}\s?[:.٫h]\s?[\d\u0660-\u0669\u06f0-\u06f9]{2}/;

/** A letter may begin with "من:" and "إلى:" too; only what a mail program adds proves the head of a mail. */
const isProven = (fields: readonly Field[]): boolean => {
  const of = (kind: Kind): Field | undefined => fields.find((one) => one.kind === kind);
  const [from, sent] = [of('from'), of('sent')];
  if (!from || !sent || !(of('to') || of('subject'))) return false;
  return (
    time.test(sent.value) || fields.some((one) => (one.kind === 'from' || one.kind === 'to') && one.value.includes('@'))
  );
};

const mostLines = 16;
const mostLoose = 2;

const oneLine =
  /^(?:from|من)\s*[:：].{2,200}?(?:sent|date|تم الارسال|تاريخ الارسال|التاريخ)\s*[:：].{2,120}?(?:to|الي)\s*[:：].{2,300}?(?:subject|الموضوع)\s*[:：]/;

/** Blank lines stand between the fields where HTML was turned into text; a long list of addresses goes on in a line more. */
const readFields = (lines: readonly Line[], at: number): { fields: Field[]; end: number } => {
  const fields: Field[] = [];
  let end = at;
  let loose = 0;
  for (let place = at; place < Math.min(lines.length, at + mostLines); place += 1) {
    const line = lines[place];
    const read = line && !line.quoted ? fieldOf(line) : null;
    if (read && !fields.some((one) => one.kind === read.kind)) {
      fields.push(read);
      end = place + 1;
      loose = 0;
    } else {
      loose += 1;
      if (loose > mostLoose || line?.quoted) break;
    }
  }
  return { fields, end };
};

/**
 * The place after the head of a quoted mail (From, Sent, To, Subject in any order, also من, تم الإرسال, إلى, الموضوع)
 * that begins in a line; null where none does. `announced`: a separator such as "Original Message" stands before it.
 */
export const headerBlockEnd = (lines: readonly Line[], at: number, announced: boolean): number | null => {
  const line = lines[at];
  if (!line || line.quoted || !fieldOf(line)) return null;
  if (oneLine.test(foldedOf(line))) return at + 1;
  const { fields, end } = readFields(lines, at);
  if (announced) return fields.length >= 2 ? end : null;
  return isProven(fields) ? end : null;
};
