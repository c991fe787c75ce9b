import { foldedOf, type Line } from './lines.ts';

const dash = '[-‐‑–—_=*~]';

const original =
  'original (?:message|email|mail|appointment)|(?:reply|replied) message|الرساله الاصليه|رساله اصليه|الرساله الاساسيه|البريد الاصلي|message d.origine|message original|mensaje original|ursprüngliche nachricht|originalnachricht|original-nachricht|oorspronkelijk bericht|messaggio originale|mensagem original|orijinal (?:mesaj|ileti|mail)|özgün ileti|اصل پیغام|پیام اصلی|исходное сообщение|原始邮件|原始郵件|original meddelelse|ursprungligt meddelande|alkuperäinen viesti|wiadomość oryginalna';
const forwarded =
  'forwarded (?:message|by .{1,80})|(?:ال)?رساله (?:ال)?معاد توجيهها|(?:ال)?رساله (?:ال)?معاد ارسالها|(?:ال)?رساله (?:ال)?محوله|رساله موجهه|اعاده توجيه الرساله|message transféré|message transmis|mensaje reenviado|weitergeleitete nachricht|doorgestuurd bericht|messaggio inoltrato|mensagem encaminhada|iletilen mesaj|yönlendirilen mesaj|пересылаемое сообщение|转发的邮件|videresendt meddelelse|przekazana wiadomość';

const framed = (words: string): RegExp => new RegExp(`^${dash}{2,}\\s*(?:${words})\\s*[:：]?\\s*${dash}{2,}$`);
const originalLine = framed(original);
const forwardedLine = framed(forwarded);
const begin =
  /^(?:begin forwarded message|بدء الرساله المعاد توجيهها|بدايه الرساله المعاد توجيهها|début du message (?:réexpédié|transféré)|anfang der weitergeleiteten nachricht|inicio del mensaje reenviado)\s*[:：]$/;

const mayPart = /^[-‐‑–—_=*~]|[:：]\**$/;

/** What a line says that parts a mail from the one below it: "-----Original Message-----", "Forwarded message"; else null. */
export const separatorKind = (line: Line): 'original' | 'forwarded' | null => {
  if (line.plain.length > 160 || !mayPart.test(line.plain)) return null;
  const folded = foldedOf(line);
  if (originalLine.test(folded)) return 'original';
  return forwardedLine.test(folded) || begin.test(folded) ? 'forwarded' : null;
};

/** A line of nothing but dashes, underscores or stars. */
export const isRule = (plain: string): boolean => /^[-‐‑–—_=*~#\s]{3,}$/.test(plain);
