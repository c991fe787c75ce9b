const list = (names: string): string[] => names.trim().split(/\s+/);

/** Common given names, folded: they let "أنا محمد" be a name while "أنا محتاج" is not. Words that are also everyday words are left out. */
export const givenNames = new Set([
  ...list(`
    محمد احمد محمود مصطفي علي عمر عثمان خالد فهد سلطان سعود عبدالله عبدالرحمن عبدالعزيز عبدالمجيد عبدالاله عبدالكريم
    عبدالملك عبدالرحيم عبدالسلام عبدالوهاب عبدالمحسن عبداللطيف عبدالهادي عبدالرزاق عبدالحميد عبدالقادر عبدالباري عبدالاله
    ناصر تركي بندر نايف مشعل مشاري ماجد مساعد فيصل طلال وليد ياسر يوسف ابراهيم اسماعيل اسحاق يعقوب موسي عيسي هارون داود
    سليمان ادم يحيي زكريا ايوب حسن حسين حسام حمد حمدان حمزه حاتم حازم رائد رايد راكان ريان زياد زيد سامي سامر سالم
    سعيد سعد سلمان سلمي سهيل سيف شادي صالح صلاح طارق طلحه ظافر عادل عاصم عامر عايض عبدالحكيم عصام عزام عماد عمار غازي
    غسان فارس فراس فواز قاسم كريم كمال لؤي لوي مازن مالك مراد مروان معاذ معتز مهند مؤيد مويد نادر نواف نوح هاني هشام هيثم
    وائل وايل وسام باسم باسل بدر بلال تميم ثامر جابر جاسم جمال جميل جواد سراج شاكر صقر ضاري عناد متعب مطلق مفلح هزاع
    فاطمه عائشه عايشه خديجه مريم زينب ساره نوره نورا نوف نوير هند هيا هيفاء هيفا لطيفه منيره الجوهره جواهر العنود ريم ريما
    رنا رنيم رهف رغد رزان روان روابي شهد شروق شيماء شيما سمر سميره سعاد سلوي سمية سميه صفيه ضحي عبير عهود غاده غدير
    فايزه فوزيه لمي لميس لينا ليلي لولوه مها مني مشاعل منال ميس ميسون نجلاء نجلا نجود ندي نهي نسرين هبه هدي هديل وجدان
    وفاء وفا يسرا ابتسام اسماء اسما اروي اريج افنان الاء امل امنه اميره بدور بشاير بسمه تهاني جنا جود حنان حصه خلود دانه
    دلال دينا رحاب رشا رقيه اسراء اسرا ايمان ايناس شذي طرفه غلا كوثر لبني مرام
  `),
  ...list(`
    mohammed muhammad mohamed mohammad ahmed ahmad ali omar umar othman khalid khaled fahad fahd sultan saud abdullah abdulrahman
    abdulaziz nasser turki bandar naif mishal majed majid faisal talal waleed walid yasser yousef yusuf ibrahim ismail musa
    hassan hussein hussain hamad hamza sami salem saeed saad salman saleh tariq tarek adel amer fares mazen nawaf hani hisham
    fatima fatimah aisha khadija maryam mariam zainab sara sarah noura nora nouf hind haya haifa latifa munira reem rana
    rahaf raghad razan rawan shahad samar abeer ghada lama lina layla maha mona manal nada hiba huda hanan amal amani
    john james david michael robert william thomas daniel mark paul peter andrew george mary anna emma laura linda susan
    elizabeth jennifer jane maria priya rahul imran bilal
  `),
]);
