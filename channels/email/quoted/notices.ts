import { bare } from './lines.ts';

/** Marks of a confidentiality notice, in the folded form of `bare`; two of them make one. */
const marks = [
  /\bconfidential|confidentiality|vertraulich|confidentiel|gizli/,
  /intended (?:only |solely |recipient)|for the (?:sole |exclusive )?use of|addressee|named recipient|individual or entity|destinataire|yalnızca/,
  /received (?:this .{0,40})?(?:in error|by mistake)|not the intended|wrongly/,
  /(?:notify|inform|contact|advise) the sender|delete (?:it|this|the)|destroy|immediately delete/,
  /disclos\w*|dissemination|distribution|copying|unauthori[sz]ed|prohibited|privileged|proprietary/,
  /(?:do not|does not|not) (?:necessarily )?(?:reflect|represent)|views|liability|liable|accepts? no|warrant/,
  /\bvirus|malware|scanned/,
  /(?:هذه|هذا) (?:الرساله|البريد|الايميل|المراسله)|الرساله الالكترونيه|رساله البريد/,
  /سري|السريه|محميه/,
  /المرسل اليه|المستلم|المعني|المقصود|الموجهه? (?:له|اليه|اليها|لهم)|لعنايه/,
  /(?:عن طريق|ب)\s?ال?خط[اا]|بالخطا|خطا/,
  /(?:ابلاغ|اشعار|اخطار|اعلام) المرسل|حذف|اتلاف|مسح/,
  /مرفقات|الافصاح|نشر|نسخ|توزيع|غير مصرح|يمنع|يحظر|محظور/,
  /لا تتحمل|غير مسؤول|لا تعبر|لا يعبر|اخلاء مسؤوليه|وجهه نظر/,
];

const heading =
  /^[*_\-\s]*(?:disclaimer|confidentiality(?: notice)?|legal notice|important notice|اخلاء مسؤوليه|تنبيه|اشعار السريه|بيان السريه|تنويه)\s*[:：*_-]*$/;
const opening =
  /^[*_\s]*(?:disclaimer|confidential|confidentiality|legal notice|notice|important|caution|warning|this (?:e-?mail|message|communication|transmission)|the (?:information|contents?)|if you|any (?:views|opinions|unauthori)|هذه الرساله|هذا البريد|هذا الايميل|تحتوي هذه|تحتوي الرساله|ان هذه الرساله|ان هذا البريد|ان محتو|ان المعلومات|المعلومات الوارده|محتويات هذ|اخلاء|تنبيه|تنويه|ملاحظه هامه|اذا لم تكن|اذا كنت لست|اذا استلمت|اذا وصلتك|في حال|الاراء|جميع الاراء|لا تتحمل|diese e-?mail|ce message|bu e-?posta)/;
const paper =
  /(?:consider the environment|think (?:of the environment )?before (?:you )?print|before printing this|فكر.{0,12} في البيئه|حافظ.{0,20} البيئه .{0,40}(?:طباع|تطبع)|قبل طباعه ه)/;
const scanned =
  /^(?:virus-free\.?|this (?:e-?mail|message) has been (?:checked|scanned) (?:for|by)|تم فحص هذ|خاليه? من الفيروسات|\[?external(?: e-?mail)?\]?\s*:|caution: this email originated)/;

const isLegal = (folded: string): boolean =>
  opening.test(folded) && folded.split(' ').length >= 8 && marks.filter((mark) => mark.test(folded)).length >= 3;

const longest = 4000;

/** Whether a paragraph is a notice that an organisation hangs on every mail, not its writer's words. */
export const isNotice = (paragraph: string): boolean => {
  const folded = bare(paragraph.slice(0, longest)).replace(/\s+/g, ' ');
  if (folded.length < 300 && (paper.test(folded) || scanned.test(folded) || heading.test(folded))) return true;
  return isLegal(folded);
};

const device =
  /^(?:sent (?:from|via|with|by|using) (?:my |the )?(?:[\p{L}\p{N}.+-]+ ){0,3}(?:iphone|ipad|ipod|android|phone|smartphone|mobile|mobile device|device|blackberry|galaxy|samsung|huawei|xiaomi|redmi|oppo|pixel|nokia|tablet|watch|mac|outlook|mail|gmail|email|app|windows(?: \d+)?|proton ?mail|yahoo(?: mail)?|hotmail|zoho|secure email|handheld|wireless)(?: .{0,40})?|get outlook for .{2,30}|get bluemail for .{2,20}|download outlook .{0,30}|télécharger outlook .{0,30}|outlook für .{2,20} herunterladen|envoyé (?:de|depuis) mon .{2,30}|gesendet von (?:meinem |mail ).{2,30}|von meinem .{2,25} gesendet|enviado desde (?:mi )?.{2,30}|inviato da(?:l mio)? .{2,30}|verzonden (?:vanaf|met|via) .{2,30}|(?:iphone|android|samsung|outlook)\S* ?\S*(?:dan|den|'dan|'den|’dan|’den|umdan|imden) gönderildi|skickat från .{2,30}|отправлено с .{2,30}|从我的.{2,20}发送|(?:تم الارسال|تم ارسالها|تم ارسال الرساله|ارسلت|ارسل|مرسله|مرسل|مرسله من|بعثت)(?: هذه الرساله| هذا البريد)? (?:من|عبر|بواسطه|باستخدام) (?:ال|جهازي |هاتفي |جوالي |جهاز |هاتف |بريد |تطبيق |برنامج )?\s?.{0,40}|(?:احصل|الحصول) علي outlook .{0,30}|حمل outlook .{0,20}|(?:میرے|میری) .{2,30} سے بھیجا گیا)$/u;
const named =
  /iphone|ipad|android|outlook|yahoo|gmail|galaxy|samsung|huawei|mail|ايفون|ايباد|اندرويد|جالكسي|جلاكسي|سامسونج|سامسونغ|هواوي|ياهو|اوتلوك|جوال|هاتف|جهاز|موبايل|بريد|محمول|آيفون/;
const arabicDevice = /^(?:تم|ارسل|مرسل|بعثت)/;
const link = /\s*[<[(]https?:\/\/[^>\])]*[>\])]/g;

/** "Sent from my iPhone" and its like: what a program writes below every mail, a line to itself. */
export const isDeviceLine = (plain: string): boolean => {
  if (plain.length > 300) return false;
  const folded = bare(plain)
    .replace(link, '')
    .replace(/[[\]*_]/g, '')
    .replace(/^[-–—~\s]+|[\s.]+$/g, '');
  if (/[,،;؛?؟]/.test(folded) || folded.length > 80 || !device.test(folded)) return false;
  return !arabicDevice.test(folded) || (named.test(folded) && folded.split(' ').length <= 8);
};

/** How lists sign what they send on. */
export const isListFooter = (text: string): boolean =>
  /mailing list|listinfo|to unsubscribe|unsubscribe from this|google groups|القائمه البريديه|الغاء الاشتراك/.test(
    bare(text.slice(0, longest)),
  );
