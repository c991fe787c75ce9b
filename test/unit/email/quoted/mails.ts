/** A mail as a person sends it, with what they wrote now. */
export interface WrittenCase {
  title: string;
  text: string;
  own: string;
  /** What is taken for the signature holds this. */
  signature?: string;
  isReply?: boolean;
  html?: string;
}

const quoteBelow = 'وصلنا طلبكم برقم ٤٢.\nسنعود إليكم خلال يومي عمل.';
const marked = quoteBelow.replace(/^/gm, '> ');

/** Written while the rules were made. */
export const mails: WrittenCase[] = [
  {
    title: 'Gmail web, Arabic, attribution with direction marks',
    text: `الجهاز ما زال معطلاً.\n\n\u202bفي الأحد، 12 مايو 2026 في 10:15 ص تمت كتابة ما يلي بواسطة \u202aCare\u202c\u200f <\u202acare@example.edu.sa\u202c\u200f>:\u202c\n\n${marked}`,
    own: 'الجهاز ما زال معطلاً.',
  },
  {
    title: 'Gmail Android, Arabic, attribution over three lines',
    text: `شكراً، تم الحل.\n\nفي الأحد، 12 مايو 2026،\n10:15 ص كتب رعاية المستفيدين\n<care@example.edu.sa>:\n\n${marked}`,
    own: 'شكراً، تم الحل.',
  },
  {
    title: 'Gmail, Arabic-Indic digits, quotes without blanks',
    text: `نعم أوافق\n\nفي الأحد، ١٢ مايو ٢٠٢٦ في ١٠:١٥ ص تمت كتابة ما يلي بواسطة رعاية <care@example.edu.sa>:\n>${quoteBelow.replace('\n', '\n>')}`,
    own: 'نعم أوافق',
  },
  {
    title: 'iPhone, Arabic, signature above the attribution, no quote marks',
    text: `أرجو إغلاق الطلب.\n\nأُرسلت من الـ iPhone\n\nفي ٢١ نوفمبر ٢٠٢٦، الساعة ١٠:٣٠ ص، كتب/كتبت Care <care@example.edu.sa>:\n\n${quoteBelow}`,
    own: 'أرجو إغلاق الطلب.',
    signature: 'iPhone',
  },
  {
    title: 'Apple Mail, verb first',
    text: `متى يكون الموعد؟\n\nكتب رعاية المستفيدين <care@example.edu.sa> في ١٢ مايو ٢٠٢٦، ١٠:١٥ ص:\n\n${marked}`,
    own: 'متى يكون الموعد؟',
  },
  {
    title: 'dated attribution with the verb at its end',
    text: `بانتظار ردكم\n\nبتاريخ 12/05/2026 10:15 ص، تمت كتابة ما يلي بواسطة رعاية:\n${marked}`,
    own: 'بانتظار ردكم',
  },
  {
    title: 'Outlook desktop, Arabic head of the quoted mail',
    text: `السلام عليكم\nلم يصلني الرمز حتى الآن.\n\nمن: رعاية المستفيدين <care@example.edu.sa>\nتم الإرسال: الأحد، 12 مايو 2026 10:15 ص\nإلى: سارة أحمد <sara@example.com>\nالموضوع: طلبكم رقم 42\n\n${quoteBelow}`,
    own: 'السلام عليكم\nلم يصلني الرمز حتى الآن.',
  },
  {
    title: 'Outlook web, bold labels, underscores, Arabic',
    text: `تم الدفع أمس.\n________________________________\n*من:* رعاية <care@example.edu.sa>\n*تم الإرسال:* ١٢ مايو ٢٠٢٦ ١٠:١٥ ص\n*إلى:* سارة\n*الموضوع:* رد: طلبكم\n\n${quoteBelow}`,
    own: 'تم الدفع أمس.',
  },
  {
    title: 'Outlook, original message line in Arabic',
    text: `هذا هو الملف المطلوب\n\n-----الرسالة الأصلية-----\nمن: رعاية\nتاريخ الإرسال: 12/05/2026\nإلى: سارة\nالموضوع: طلب\n\n${quoteBelow}`,
    own: 'هذا هو الملف المطلوب',
  },
  {
    title: 'Outlook mobile, English',
    text: `I still cannot sign in.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Care <care@example.edu.sa>\nSent: Sunday, May 12, 2026 10:15:00 AM\nTo: Sara <sara@example.com>\nSubject: Re: Portal\n\nWe received your request.`,
    own: 'I still cannot sign in.',
    signature: 'Outlook for iOS',
  },
  {
    title: 'Outlook desktop, English, original message line',
    text: `Please close it.\n\n-----Original Message-----\nFrom: Care\nSent: 12 May 2026 10:15\nTo: Sara\nSubject: Portal\n\nWe received your request.`,
    own: 'Please close it.',
  },
  {
    title: 'Apple Mail, English, wrapped attribution',
    text: `It works now.\n\n> On 12 May 2026, at 10:15, Care wrote:\n> \n> Please try again.\n\nThanks a lot`,
    own: 'It works now.\n\nThanks a lot',
  },
  {
    title: 'iPhone, English, no quote marks, no address',
    text: `Tomorrow is fine.\n\nSent from my iPhone\n\nOn 12 May 2026, at 10:15 AM, Care Centre wrote:\n\nWhen may we call?`,
    own: 'Tomorrow is fine.',
    signature: 'Sent from my iPhone',
  },
  {
    title: 'Yahoo, Arabic',
    text: `لم يتغير شيء\n\nفي الأحد، 12 مايو 2026 في 10:15:42 ص غرينتش+3، كتب Care <care@example.edu.sa>:\n\n\n ${quoteBelow}`,
    own: 'لم يتغير شيء',
  },
  {
    title: 'Samsung, Arabic',
    text: `أحتاج إلى موعد آخر\n\n\nتم الإرسال من هاتف Galaxy الخاص بي\n\n\n-------- الرسالة الأصلية --------\nمن: Care <care@example.edu.sa>\nالتاريخ: 12/5/26 10:15 ص (GMT+03:00)\nإلى: sara@example.com\nالموضوع: طلبكم\n\n${quoteBelow}`,
    own: 'أحتاج إلى موعد آخر',
    signature: 'Galaxy',
  },
  {
    title: 'Thunderbird, German',
    text: `Danke, alles gut.\n\nAm 12.05.26 um 10:15 schrieb Care:\n> Ihr Antrag ist da.`,
    own: 'Danke, alles gut.',
  },
  {
    title: 'Zimbra, English',
    text: `Done.\n\n----- Original Message -----\nFrom: "Care" <care@example.edu.sa>\nTo: "Sara" <sara@example.com>\nSent: Sunday, May 12, 2026 10:15:00 AM\nSubject: Portal\n\nPlease confirm.`,
    own: 'Done.',
  },
  {
    title: 'Roundcube, Arabic, no address',
    text: `أؤكد الموعد.\n\nفي 2026-05-12 10:15، كتب care:\n${marked}`,
    own: 'أؤكد الموعد.',
  },
  {
    title: 'Proton',
    text: `I agree.\n\nSent with [Proton Mail](https://proton.me/mail/home) secure email.\n\nOn Tuesday, May 12th, 2026 at 10:15 AM, Care <care@example.edu.sa> wrote:\n\n> Do you agree?`,
    own: 'I agree.',
    signature: 'Proton Mail',
  },
  {
    title: 'French attribution',
    text: `C'est réglé.\n\nLe mar. 12 mai 2026 à 10:15, Care <care@example.edu.sa> a écrit :\n\n> Est-ce réglé ?`,
    own: "C'est réglé.",
  },
  {
    title: 'Turkish attribution',
    text: `Teşekkür ederim, oldu.\n\nCare <care@example.edu.sa>, 12 May 2026 Sal, 10:15 tarihinde şunu yazdı:\n\n> Oldu mu?`,
    own: 'Teşekkür ederim, oldu.',
  },
  {
    title: 'Urdu attribution',
    text: `مسئلہ حل ہو گیا\n\nبروز منگل، 12 مئی، 2026 کو 10:15 AM بجے Care <care@example.edu.sa> نے لکھا:\n\n> کیا مسئلہ حل ہو گیا؟`,
    own: 'مسئلہ حل ہو گیا',
  },
  {
    title: 'answers between the quotes stay in order',
    text: `أهلاً\n\nفي 12 مايو 2026 10:15 كتب رعاية <care@example.edu.sa>:\n> ما رقم القاعة؟\nالقاعة 12\n> متى ظهر العطل؟\n\nأمس صباحاً\n\n> شكراً`,
    own: 'أهلاً\n\nالقاعة 12\n\nأمس صباحاً',
  },
  {
    title: 'an answer below the quote',
    text: `On Mon, May 12, 2026 at 10:15 AM Care <care@example.edu.sa> wrote:\n> What is your room?\n> Which device?\n\nRoom 12, the projector.\n\n-- \nSara Ahmed\nCollege of Science`,
    own: 'Room 12, the projector.',
    signature: 'College of Science',
  },
  {
    title: 'a sentence about having written on a Sunday is no attribution',
    text: 'في يوم الأحد 12/5/2026 الساعة 10:15 كتبت لكم على care@example.edu.sa:\nأن الجهاز معطل ولم يرد أحد.',
    own: 'في يوم الأحد 12/5/2026 الساعة 10:15 كتبت لكم على care@example.edu.sa:\nأن الجهاز معطل ولم يرد أحد.',
  },
  {
    title: 'an official letter with its own head is no quote',
    text: 'السلام عليكم ورحمة الله\n\nمن: سارة أحمد\nإلى: سعادة عميد القبول\nالتاريخ: 12/5/2026\nالموضوع: طلب تأجيل\n\nأتقدم إليكم بطلب تأجيل الفصل الدراسي.',
    own: 'السلام عليكم ورحمة الله\n\nمن: سارة أحمد\nإلى: سعادة عميد القبول\nالتاريخ: 12/5/2026\nالموضوع: طلب تأجيل\n\nأتقدم إليكم بطلب تأجيل الفصل الدراسي.',
    isReply: false,
  },
  {
    title: 'a trip told in lines is no quote',
    text: 'أطلب تذكرة سفر:\nمن: الرياض\nإلى: جدة\nالتاريخ: 12 مايو 2026',
    own: 'أطلب تذكرة سفر:\nمن: الرياض\nإلى: جدة\nالتاريخ: 12 مايو 2026',
    isReply: false,
  },
  {
    title: 'a forward without own words is kept whole',
    text: '---------- Forwarded message ---------\nFrom: Bank <info@bank.example>\nDate: Tue, May 12, 2026 at 10:15 AM\nSubject: Transfer\nTo: <sara@example.com>\n\nThe fee was not received.',
    own: '---------- Forwarded message ---------\nFrom: Bank <info@bank.example>\nDate: Tue, May 12, 2026 at 10:15 AM\nSubject: Transfer\nTo: <sara@example.com>\n\nThe fee was not received.',
    isReply: false,
  },
  {
    title: 'a forward with a word or two is kept whole',
    text: 'للاطلاع والإفادة\n\n---------- رسالة معاد توجيهها ---------\nمن: مكتب القبول <q@example.edu.sa>\nالتاريخ: الثلاثاء، 12 مايو 2026\nالموضوع: رسوم\nإلى: <sara@example.com>\n\nلم تصل الرسوم.',
    own: 'للاطلاع والإفادة\n\n---------- رسالة معاد توجيهها ---------\nمن: مكتب القبول <q@example.edu.sa>\nالتاريخ: الثلاثاء، 12 مايو 2026\nالموضوع: رسوم\nإلى: <sara@example.com>\n\nلم تصل الرسوم.',
    isReply: false,
  },
  {
    title: 'closing and card, Arabic',
    text: 'السلام عليكم\nلا أستطيع دخول البوابة منذ يومين.\n\nوتقبلوا فائق التحية والاحترام،\nسارة أحمد المحمد\nكلية العلوم - قسم الفيزياء\nجوال: 0500000000',
    own: 'السلام عليكم\nلا أستطيع دخول البوابة منذ يومين.',
    signature: 'كلية العلوم - قسم الفيزياء',
    isReply: false,
  },
  {
    title: 'closing, card and confidentiality notice in two languages',
    text: 'أرجو تفعيل حسابي.\n\nمع التحية\nمحمد العتيبي\nمدير مكتب\nTel: +966 11 000 0000\nwww.example.edu.sa\n\nإخلاء مسؤولية: هذه الرسالة ومرفقاتها سرية وموجهة إلى المرسل إليه فقط، وإذا وصلتكم بالخطأ فنرجو إبلاغ المرسل وحذفها.\n\nThis message and its attachments are confidential and intended solely for the addressee. If you have received it in error, please notify the sender and delete it.',
    own: 'أرجو تفعيل حسابي.',
    signature: 'مدير مكتب',
    isReply: false,
  },
  {
    title: 'thanks are kept, the name below is signature',
    text: 'The lamp in room 7 is broken.\n\nThanks,\nSara Ahmed',
    own: 'The lamp in room 7 is broken.\n\nThanks,',
    signature: 'Sara Ahmed',
    isReply: false,
  },
  {
    title: 'words after a closing are kept',
    text: 'لا أستطيع الدخول.\n\nمع التحية\nسارة\n\nملاحظة: أحتاج الرد اليوم قبل الظهر من فضلكم',
    own: 'لا أستطيع الدخول.\n\nمع التحية\nسارة\n\nملاحظة: أحتاج الرد اليوم قبل الظهر من فضلكم',
    isReply: false,
  },
  {
    title: 'details that were asked for are no signature',
    text: 'الاسم: سارة أحمد\nالجوال: 0500000000\nالبريد: sara@example.com\nالجهة: كلية العلوم\n\nفي 12 مايو 2026 10:15 كتب رعاية <care@example.edu.sa>:\n> نحتاج الاسم والجهة',
    own: 'الاسم: سارة أحمد\nالجوال: 0500000000\nالبريد: sara@example.com\nالجهة: كلية العلوم',
  },
  {
    title: 'a person may call their mail confidential',
    text: 'هذه الرسالة سرية وأرجو عدم اطلاع مديري عليها بأي حال لأنها شكوى ضده.',
    own: 'هذه الرسالة سرية وأرجو عدم اطلاع مديري عليها بأي حال لأنها شكوى ضده.',
    isReply: false,
  },
  {
    title: 'a mail that is only a name and closing is kept whole',
    text: 'مع التحية\nسارة أحمد',
    own: 'مع التحية\nسارة أحمد',
  },
];
