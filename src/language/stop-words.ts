import { tokens } from './fold.ts';

/** Words that carry no matter, folded: question words, wishes, pronouns, prepositions, politeness, in Arabic with its dialects and English. */
export const stopWords: ReadonlySet<string> = new Set(
  tokens(`
  من في على عن الى إلى مع ب ل و او أو ثم حتى لكن بس غير بدون عند عندي عندنا عندك عندكم لدي لدينا لي لنا لك لكم له لها لهم
  انا إنا نحن احنا انت انتم انتوا هو هي هم انه انها اني ان اذا إذا لو كان كانت كنت يكون تكون صار يصير سوف راح قد لقد هذا هذه هذي هذاك ذلك تلك هناك هنا
  الذي التي اللي اللى الي يلي ما لا لم لن ليس مو مب موب مش مهو ماهو هل كيف متى وين فين اين أين ليش لماذا ليه وش ايش اش شو شنو ماذا ايه مين كم أي اي ايها
  ابي أبغى ابغي ابا اريد أريد اود أرغب ارغب احتاج نحتاج نبي نبغى نريد بغيت ودي حاب حابه ممكن اقدر أقدر يمكن يمكنني استطيع لازم ضروري عشان علشان لأن لان كي
  لو سمحت سمحتم سمحتوا فضلك فضلكم تكرما شكرا السلام عليكم مرحبا هلا الله يعطيكم العافيه جزاكم خير يا
  اعرف أعرف اسال استفسر استفسار سؤال بخصوص بالنسبه حول عليه عليها علي علينا فيه فيها منه منها به بها كل بعض جدا كثير مره الحين الان اليوم بعد قبل
  يتم تم يوجد فيه طيب اسوي نسوي اعمل افعل يعني زي مثل كذا كده بتاع حق حقي حقت تبع اروح نروح يروح رحت يجي تجي يجون جاي القى الاقي نلقى احصل نحصل نقدر تقدر تقدرون يقدر ادري مدري حاليا معكم معك عندهم عنده عندها
  ياخذ تاخذ ناخذ اخذ بقول اقول قالوا قال يقول نقول عرفت نعرف تعرف يعرف رايح عساكم ياليت لكي الذين كذلك ايضا فقط لسه للحين
  the a an is are was were be been am do does did have has had can could would will should may might must shall i you he she it we they me him her us
  them my your his its our their this that these those there here what when where who whom which why how if then than so or and but not no yes
  in on at by for from to of with about into over after before up out off as please pls want need would like know tell ask question help get got
  hi hello hey dear sir madam thanks thank any some just also very too s t m re ve ll d don doesn isn didn won im
  possible able go going there make let
`),
);
