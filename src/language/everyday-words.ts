import { tokens } from './fold.ts';
import { isGivenName } from './given-names.ts';
import { bareWord } from './light-stem.ts';
import { stopWords } from './stop-words.ts';

/** What people call themselves instead of, or beside, their name. */
export const roleWords: ReadonlySet<string> = new Set(
  tokens(`
  طالب طالبة طلاب طالبات طلبة الطالب الطالبة موظف موظفة الموظف الموظفة موظفين محاضر محاضرة المحاضر المحاضرة معيد معيدة المعيد المعيدة مدير مديرة المدير
  المديرة رئيس رئيسة مسؤول مسؤولة مسئول مشرفة مشرفه سكرتير سكرتيرة إداري إدارية اداري فني فنية تقني منسق منسقة عضو عضوة مدرس مدرسة معلم معلمة باحث
  باحثة متدرب متدربة خريج خريجة زائر زائرة مواطن مواطنة مقيم مقيمة مورد مستفيد مستفيدة مستخدم عميل مراجع مراجعة متعاون متقاعد أكاديمي أكاديمية
  بروفيسور عميد عميدة وكيل وكيلة ولي
  student students teacher lecturer staff employee professor faculty visitor guest parent manager director coordinator secretary technician researcher
  graduate trainee supplier officer admin dean
`),
);

/** Words with which the name of a body begins. */
export const bodyWords: ReadonlySet<string> = new Set(
  tokens(`
  كلية الكلية عمادة العمادة قسم القسم ادارة الادارة معهد المعهد مركز المركز وكالة الوكالة وحدة الوحدة جامعة الجامعة وزارة الوزارة مدرسة
  شركة مؤسسة هيئة مستشفى فرع امانة مكتب مدينة برنامج مختبر معمل مكتبة تحضيرية التحضيرية السنة كليه بكالوريوس
  college department dept deanship faculty institute center centre ministry university school office unit branch company
  hospital agency administration
`),
);

const others = `
  لا نعم ايوه ايه اي اوكي اوك اوكيه تمام طيب خلاص ماشي حاضر ابشر زين كويس ممتاز حلو اكيد طبعا صح غلط خطأ يب بلى اجل حسنا لحظة دقيقة ثواني انتظر
  استنى شوي ليش لماذا ليه كيف متى وين فين اين هل كم ايش وش اش شنو شو مين منو منهو ماذا يعني شلون وراه علاش
  مرحبا مرحبتين اهلا اهلين هلو هاي الو عليكم السلام ورحمة وبركاته سلامات شكرا مشكور مشكورة مشكورين عفوا يسلمو العافية يعطيك يعطيكم
  الخير النور مساء والله بالله يالله انشالله انشاالله ماشاالله الحمدلله الله لله يارب ياليت
  اسم اسمي اسمك اسمكم الاسم اسماء الاسماء نفس نفسه نفسها سابق السابق القديم قديم مسجل موجود محفوظ مجهول فاعل بدون مو مب موب مش مهو ماني مانيب ماله
  داعي ضروري لازم مهم يهم يهمك يخصك يخصكم دخلك دخلكم شغلك شغلكم خاص خصوصي خصوصية سري تخطي تخطى تجاوز تخط سكيب التالي بعدين لاحقا
  ادري اعرف افهم فاهم فاهمة محتار محتارة مستعجل مستعجلة زعلان زعلانة تعبان تعبانة مشغول مشغولة متضايق متضايقة متضرر متضررة معصب مستاء مستاءة
  حابب حابة محتاج محتاجة ناوي ناوية عاوز عاوزة عايز عايزة بدي بدنا بدك ابغا ابغاه ابغاها ابيه ابيها نبي نبغى احب ارفض رافض راغب مهتم جاي قاعد ساكن
  لدي عندي عندك عندكم عنده مافي مافيه مافيش ماعندي ماعرف مابي ماابي مابغى ماابغى ماادري مادري مايخصك لايوجد لاشي شي شيء حاجة احد حد
  قل قول قلت قالي اقولك تقول بقولك اسكت خلني خلوني خل اكتب اكتبي ارسل ارسلت ارسلوا رد ردوا ردي جاوب جاوبني جاوبوني وقف وقفوا الغاء الغي الغوا ايقاف
  انهاء خروج رجوع ارجع ابدأ ابدا ساعدني ساعدوني مساعدة خدمة خدمات خدمتكم خدماتكم حولني حولوني كلموني كلمني اكلم اتكلم تصعيد تحويل اتصلوا افتح
  موظفينكم انسان بشر شخص روبوت بوت المساعد الي حقيقي العملاء الدعم مسؤولين
  شكوى شكوتي شكاوي بلاغ بلاغي مشكلة مشكلتي مشاكل استفسار استفساري سؤال سؤالي طلب طلبي طلبات تذكرة تذكرتي معاملة معاملتي موضوع موضوعي اقتراح مقترح
  اعتراض حالة الحالة وضع متابعة اتابع تحديث جديد الجديد جديدة اخبار رقم رقمي جوال جوالي هاتف تلفون ايميل ايميلي بريد بريدي هوية هويتي رابط موقع
  جهاز الجهاز اجهزة بروجكتر بروجيكتر قاعة قاعات شاشة شاشات سبورة كمبيوتر حاسب لابتوب طابعة ميكروفون مايك سماعة كاميرا شبكة انترنت نت واي فاي مكيف كهرباء
  لمبة لمبات اضاءة كرسي كراسي طاولة مبنى دور غرفة مكان باب مفتاح بلاك كيبل سلك توصيلة ريموت
  خربان خربانة عطلان عطل اعطال تعطل تعطلت متعطل طافي طافية مطفي مكسور مكسورة يعمل تعمل يشتغل تشتغل شغال شغالة اشتغل صيانة تصليح اصلاح صلحوا حجز احجز
  استعارة اعارة عهدة العهدة اخلاء طرف غرامة رسوم فلوس مبلغ راتب دوام الدوام موعد مواعيد وقت اوقات ساعة يوم اسبوع شهر سنة غدا بكرة امس الليلة الصبح
  محاضرة محاضرات اختبار امتحان مادة درجة درجات جدول قبول تسجيل نظام منصة حساب باسورد دخول كلمة مرور دورة شهادة وثيقة خطاب
  سيء سيئ سيئة زفت تافه غبي غبية كلب حمار حيوان لعنة قرف مقرف فاشل فاشلين كذاب كذابين زعلانين متضررين مستعجلين محتاجين مشغولين نصابين حرامية خايس وقح وقحة زبالة
  عربي العربية انجليزي انجليزية الانجليزية بالعربي بالانجليزي سعودي سعودية مصري مصرية سوداني يمني سوري اردني اجنبي اجنبية
  ماجستير دكتوراه دبلوم ثانوي مالك مالكم دخل محد ماحد محدش عاجل عاجلة وينكم طارئ مقطوع مقطوعة يستجيب تستجيب واتساب واتس
  بسرعة كمل كملوا نكمل تكملة استمر استمروا تابع تابعوا اعفيني خلصونا خلصوني سمعة
  زيارة زيارات مطالب مطلب دورات
  تحرش تحرشت تحرشوا تحرشات يتحرش متحرش صرخ صرخت يصرخ شتم شتمني سبني ضربني ضرب هددني هدد ابتزني ابتز اهانني اهان تنمر طردني طلبوا رشوة فساد
  بي بك به بها بنا بهم فيني فيه فيها لي لك له لها لنا لهم مني منه منها عليه عليها علينا معي معه معها
  رجل امرأة بنت ولد شاب ذكر انثى متزوج عمري مساعدتك مساعدتكم مساعدته مدني معماري كهربائي ميكانيكي برمجيات شبكات كيميائي صناعي متطوع
  هالو باي لول هههه سلامتك اختبار تجربة تست غير كذا كذاا هيك برضه كمان بعد لسا لسه للأسف اسف اسفة معليش عادي براحتك براحتكم مكتوب ناقص يظهر تظهر تغير تعديل تغيير
  يتغير بيانات بياناتي معلومات معلوماتي ملف ملفي حسابي جواز سجل هنا هناك فوق تحت قبل نسيت نسيته الاول الثلاثي الكامل كامله تبون تبغون تبغى تبي تحتاجون تحتاج تسأل تسال
  تسالون تسألون تطلبون تطلب تعرفون تعرفني صاحب صاحبة صديقي جزيلا كثيرا جارك ابوك امك بخصوص بالنسبة لاجل لأجل

  yes no yep yeah nope nah ok okay okey fine great good cool sure alright skip next pass continue anon privacy proceed later none nothing nobody null undefined na test testing abc xyz foo bar
  hello hi hey hiya welcome greetings morning evening afternoon night thanks thank thx cheers bye goodbye please pls plz sorry excuse
  the a an this that these those it its is are was were be been am i me my mine we us our you your yours he she him her his they them their who whom whose what
  which when where why how and or but if so because not dont doesnt didnt cant wont don't never ever always do does did done have has had having get got give
  need want wanna wants wanted like love hate hope would could should can shall may might must go going come coming know knew think thought say said tell told ask asked
  talk speak chat write call help stop start cancel exit quit back reset restart status update news follow track check request requests ticket tickets complaint complain
  complaints problem problems issue issues question questions inquiry enquiry suggestion report agent human person people someone somebody anyone anybody operator
  representative support service services customer bot robot assistant machine manager supervisor english arabic language name names same before already given told
  private secret anonymous unknown irrelevant matter matters important necessary required personal business mind none's
  projector screen board device devices room hall lab computer laptop printer microphone mic camera internet wifi network system platform account password login
  email mail phone mobile number card id door key light lights broken working work works fix fixed repair book booking reserve borrow loan equipment chair table
  busy confused angry upset sad happy lost late sick tired hungry frustrated annoyed disappointed interested looking waiting trying calling writing using unable able
  very really too much many more most less just only also still yet now today tomorrow yesterday soon here there again new old other another different wrong
  right left true false maybe perhaps idk dunno whatever lol haha wow hmm stupid idiot dumb fuck fucking shit damn crap bad terrible awful useless worst
  for from of to in on at by with about into over after up out off as than then well let lets there's urgent quick quickly fast asap
  saudi egyptian indian pakistani foreign foreigner male female man woman sir madam everyone all any some one two three first last full
  abgha abghi abi aby wesh esh shu leesh lesh leh kaif kif mata wain fain mumkin la naam aywa tamam tayeb marhaba ahlan ahlain halla salam salaam alaikum shukran
  yalla wallah inshallah mashallah mafi mush mish mu mo talab talabi muwazaf muwathaf ismi esmi laish ma t s m re ve ll
`;

const words: ReadonlySet<string> = new Set([...stopWords, ...roleWords, ...bodyWords, ...tokens(others)]);
const isKnown = (word: string): boolean => words.has(word);

/** Verbs and nouns with what is said to "you" or of "me" attached: تأخرتوا, شخباركم, ساعدوني. */
const spokenTo = /^.{3,}(?:توا|توني|وني|كم)$/;

/** Whether a folded word, with or without particles and pronouns, is one that no name holds. */
export const isEverydayWord = (folded: string): boolean => {
  if (isGivenName(folded)) return false;
  return (
    isKnown(folded) ||
    spokenTo.test(folded) ||
    (/^[\u0621-\u064a]{4,}$/.test(folded) && isKnown(bareWord(folded, isKnown)))
  );
};
