import type { WrittenCase } from './mails.ts';

/** Written after the rules were made. */
export const heldOut: WrittenCase[] = [
  {
    title: 'Gmail Arabic with the plain verb',
    text: 'السلام عليكم، لم تصلني الرسالة.\n\nفي الخميس، ٣ ديسمبر ٢٠٢٦ في ٩:٠٥ م كتب دعم الجامعة <\nhelp@uni.example>:\n\n> عزيزي المستفيد\n> تم الإرسال',
    own: 'السلام عليكم، لم تصلني الرسالة.',
  },
  {
    title: 'Gmail Arabic on the web, name between marks',
    text: 'موافق\n\n\u200f\u202bفي الخميس، 3 ديسمبر 2026 في 9:05 م تمت كتابة ما يلي بواسطة \u202aUniversity Help\u202c\u200f <\u202ahelp@uni.example\u202c\u200f>:\u202c\u200f\n\n> هل توافق؟\n\u200f> شكراً',
    own: 'موافق',
  },
  {
    title: 'iPhone Arabic without an address',
    text: 'غداً مناسب لي.\n\nتم الإرسال من iPhone الخاص بي\n\nفي ٣ ديسمبر ٢٠٢٦، الساعة ٩:٠٥ م، كتب مركز الرعاية:\n\n\ufeffمتى يناسبك الموعد؟',
    own: 'غداً مناسب لي.',
    signature: 'iPhone',
  },
  {
    title: 'Apple Mail on the Mac, Arabic',
    text: 'تم، شكراً.\n\nمع أطيب التحيات،\nليلى\n\nفي ٠٣/١٢/٢٠٢٦، في ٩:٠٥ م، كتبت Help <help@uni.example> ما يلي:\n\n> نرجو التأكيد',
    own: 'تم، شكراً.',
    signature: 'ليلى',
  },
  {
    title: 'Outlook Arabic with blank lines between the fields',
    text: 'الملف مرفق مع هذه الرسالة.\n\nمن: Help <help@uni.example>\n\nتم الإرسال: 03 ديسمبر, 2026 09:05 م\n\nإلى: ليلى <leila@mail.example>\n\nنسخة: المشرف <boss@uni.example>\n\nالموضوع: رد: مستند\n\nعزيزتي ليلى',
    own: 'الملف مرفق مع هذه الرسالة.',
  },
  {
    title: 'Outlook Arabic, date label, mobile signature',
    text: 'لا أرى التخصص في القائمة\n\nالحصول على Outlook لـ Android\n________________________________\nمن: Help <help@uni.example>\nتاريخ الإرسال: الخميس، ديسمبر 3، 2026 9:05:11 م\nإلى: leila@mail.example <leila@mail.example>\nالموضوع: القبول\n\nأهلاً',
    own: 'لا أرى التخصص في القائمة',
    signature: 'Android',
  },
  {
    title: 'Outlook web, dashes and English labels in an Arabic mail',
    text: 'أرغب في تغيير الموعد\n\n--------------------\n**From:** Help <help@uni.example>\n**Sent:** Thursday, December 3, 2026 9:05 PM\n**To:** leila@mail.example\n**Subject:** RE: موعد\n\nأهلاً',
    own: 'أرغب في تغيير الموعد',
  },
  {
    title: 'Outlook.com with one unbroken head',
    text: 'I paid it twice.\n\nFrom: Help <help@uni.example> Sent: Thursday, December 3, 2026 9:05 PM To: leila@mail.example Subject: RE: fee\n\nDear Leila',
    own: 'I paid it twice.',
  },
  {
    title: 'Yahoo mobile, Arabic',
    text: 'الرقم صحيح\n\nمُرسل من بريد Yahoo لـ iPhone\n\n\nفي الخميس, ديسمبر 3, 2026, 9:05 م، كتب Help <help@uni.example>:\n\nالرجاء تأكيد الرقم',
    own: 'الرقم صحيح',
    signature: 'Yahoo',
  },
  {
    title: 'Samsung, English',
    text: 'Not yet.\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Help <help@uni.example>\nDate: 12/3/26 9:05 PM (GMT+03:00)\nTo: leila@mail.example\nSubject: fee\n\nDid you pay?',
    own: 'Not yet.',
    signature: 'Galaxy',
  },
  {
    title: 'Huawei, Arabic',
    text: 'لم أستلم البطاقة\n\nتم الإرسال من هاتف Huawei الذكي\n\n-------- الرسالة الأصلية --------\nالموضوع: البطاقة\nمن: Help <help@uni.example>\nإلى: leila@mail.example\nنسخة:\n\nبطاقتك جاهزة',
    own: 'لم أستلم البطاقة',
    signature: 'Huawei',
  },
  {
    title: 'Thunderbird, Arabic',
    text: 'حسناً.\n\nفي 3/12/2026 9:05 م، كتب Help:\n> هل يناسبك؟',
    own: 'حسناً.',
  },
  {
    title: 'Thunderbird, English, answered below',
    text: 'On 03/12/2026 21:05, Help wrote:\n> Which floor?\nSecond floor.\n> Which building?\nBuilding 7.\n',
    own: 'Second floor.\n\nBuilding 7.',
  },
  {
    title: 'Zimbra, Arabic labels after English ones',
    text: 'وصلني، شكراً\n\n----- الرسالة الأصلية -----\nمن: "Help" <help@uni.example>\nإلى: "ليلى" <leila@mail.example>\nتاريخ الإرسال: الخميس, 3 ديسمبر 2026 21:05:00\nالموضوع: رد\n\nهل وصلك؟',
    own: 'وصلني، شكراً',
  },
  {
    title: 'Spanish attribution',
    text: 'Recibido.\n\nEl jue, 3 dic 2026 a las 21:05, Help (<help@uni.example>) escribió:\n\n> ¿Recibido?',
    own: 'Recibido.',
  },
  {
    title: 'Persian attribution',
    text: 'دریافت شد\n\nدر تاریخ پنجشنبه ۳ دسامبر ۲۰۲۶ ساعت ۲۱:۰۵ Help <help@uni.example> نوشت:\n\n> رسید؟',
    own: 'دریافت شد',
  },
  {
    title: 'Russian attribution without a verb',
    text: 'Да.\n\nчт, 3 дек. 2026 г. в 21:05, Help <help@uni.example>:\n\n> Да?',
    own: 'Да.',
  },
  {
    title: 'a quote within a quote',
    text: 'نعم\n\nفي 3 ديسمبر 2026 21:05 كتب Help <help@uni.example>:\n> هل يعمل؟\n>\n> في 2 ديسمبر 2026 10:00 كتبت ليلى <leila@mail.example>:\n>> لا يعمل\n>>> قديم',
    own: 'نعم',
  },
  {
    title: 'answers below an unmarked quote are announced, so all stays',
    text: 'إجاباتي بالأسفل باللون الأزرق\n\nمن: Help <help@uni.example>\nتم الإرسال: 3 ديسمبر 2026 21:05\nإلى: ليلى\nالموضوع: أسئلة\n\nما رقم المبنى؟ المبنى 7',
    own: 'إجاباتي بالأسفل باللون الأزرق\n\nمن: Help <help@uni.example>\nتم الإرسال: 3 ديسمبر 2026 21:05\nإلى: ليلى\nالموضوع: أسئلة\n\nما رقم المبنى؟ المبنى 7',
  },
  {
    title: 'a forward with its own matter',
    text: 'أرجو مراجعة الرسالة أدناه لأن الرسوم خُصمت مني مرتين هذا الشهر ولم يعدها البنك.\n\n---------- Forwarded message ---------\nمن: البنك <b@bank.example>\nالتاريخ: الخميس، 3 ديسمبر 2026\nالموضوع: خصم\nإلى: <leila@mail.example>\n\nتم الخصم',
    own: 'أرجو مراجعة الرسالة أدناه لأن الرسوم خُصمت مني مرتين هذا الشهر ولم يعدها البنك.',
    isReply: false,
  },
  {
    title: 'an Apple forward without own words',
    text: 'بدء الرسالة المُعاد توجيهها:\n\n> من: البنك <b@bank.example>\n> الموضوع: خصم\n>\n> تم الخصم',
    own: 'بدء الرسالة المُعاد توجيهها:\n\n> من: البنك <b@bank.example>\n> الموضوع: خصم\n>\n> تم الخصم',
    isReply: false,
  },
  {
    title: 'a list with dashes is no signature',
    text: 'أحتاج إلى:\n- مفتاح القاعة\n- جهاز عرض\n- سماعات',
    own: 'أحتاج إلى:\n- مفتاح القاعة\n- جهاز عرض\n- سماعات',
    isReply: false,
  },
  {
    title: 'contacts without a closing',
    text: 'تعطل المصعد في المبنى 4.\n\nخالد العتيبي\nرئيس قسم الصيانة\nهاتف: 011 000 0000\nkhalid@uni.example',
    own: 'تعطل المصعد في المبنى 4.',
    signature: 'رئيس قسم الصيانة',
    isReply: false,
  },
  {
    title: 'a phone number in the last sentence stays',
    text: 'الجهاز معطل.\n\nأرجو الاتصال على 0500000000 قبل الظهر.',
    own: 'الجهاز معطل.\n\nأرجو الاتصال على 0500000000 قبل الظهر.',
    isReply: false,
  },
  {
    title: 'thanks alone',
    text: 'شكراً جزيلاً لكم',
    own: 'شكراً جزيلاً لكم',
  },
  {
    title: 'a greeting of peace at the end',
    text: 'هل يفتح المكتب يوم السبت؟\n\nوالسلام عليكم ورحمة الله وبركاته\nابنتكم ليلى',
    own: 'هل يفتح المكتب يوم السبت؟',
    signature: 'ليلى',
    isReply: false,
  },
  {
    title: 'English closing with title, phone and web',
    text: 'Could you open the lab earlier?\n\nKind regards,\n\nLeila Hassan\nSenior Lecturer | Department of Physics\nT: +966 11 000 0000 | E: leila@uni.example\nwww.uni.example',
    own: 'Could you open the lab earlier?',
    signature: 'Senior Lecturer',
    isReply: false,
  },
  {
    title: 'an English notice',
    text: 'The gate is locked.\n\nLeila\n\nCONFIDENTIALITY NOTICE: This email and any attachments may contain privileged information for the sole use of the intended recipient. If you are not the intended recipient, please delete it; any disclosure, copying or distribution is prohibited.',
    own: 'The gate is locked.\n\nLeila',
    signature: 'privileged',
    isReply: false,
  },
  {
    title: 'regards in a sentence are words',
    text: 'With regards to the projector in room 9:\nit is still broken.',
    own: 'With regards to the projector in room 9:\nit is still broken.',
    isReply: false,
  },
  {
    title: 'somebody tells when a letter was written',
    text: 'On 3 December 2026 at 21:05 the dean wrote to me:\nyou may enter.\nBut the guard refused.',
    own: 'On 3 December 2026 at 21:05 the dean wrote to me:\nyou may enter.\nBut the guard refused.',
  },
  {
    title: 'a sentence about where it was sent from',
    text: 'تم الإرسال من قبلي ثلاث مرات ولم يصلني رد',
    own: 'تم الإرسال من قبلي ثلاث مرات ولم يصلني رد',
    isReply: false,
  },
  {
    title: 'room and device below thanks stay',
    text: 'شكراً\nالقاعة 45\nجهاز العرض',
    own: 'شكراً\nالقاعة 45\nجهاز العرض',
  },
  {
    title: 'a greeting and the matter in one line',
    text: 'السلام عليكم، لم تصلني الرسالة',
    own: 'السلام عليكم، لم تصلني الرسالة',
    isReply: false,
  },
  {
    title: 'a matter, then a greeting and a short sentence',
    text: 'وصلني الرمز أمس.\n\nالسلام عليكم، الرابط معطل',
    own: 'وصلني الرمز أمس.\n\nالسلام عليكم، الرابط معطل',
    isReply: false,
  },
];
