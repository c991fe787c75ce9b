import { tokens } from './fold.ts';

const arabic = `
  محمد احمد محمود حامد حميد مصطفى علي عمر عثمان خالد فهد سلطان سعود ناصر تركي بندر نايف مشعل مشاري ماجد مساعد فيصل طلال وليد
  ياسر يوسف ابراهيم اسماعيل اسحاق يعقوب موسى عيسى هارون داود سليمان ادم يحيى زكريا ايوب يونس ادريس الياس حسن حسين حسام حسان
  حمد حمدان حمود حمزة حاتم حازم رائد رياض راكان ريان رامي رامز رشيد راشد رشاد رضا رفعت رؤوف زياد زيد زاهر زهير زكي زايد سامي سامر
  سالم سليم سعيد سعد سعدون سلمان سهيل سهل سيف شادي شاهر شافي شريف شعيب شهاب صالح صلاح صبحي صبري صادق صهيب طارق طلحة طاهر طه
  ظافر عادل عاصم عامر عايض عصام عزام عزيز عزت عماد عمار عواد عوض عوف عيد عياد غازي غسان غانم فارس فراس فواز فؤاد فائز فايز
  فالح فلاح فرج فرحان فريد فاروق فاضل فضل فيحان قاسم قصي قيس كريم كمال كامل لؤي لطفي ليث مازن مالك مبارك محسن محي مختار مدحت
  مراد مرزوق مروان مسعود مسفر مشرف مطلق معاذ معاوية معتز معتصم مفرح مفلح منصور منير منذر مهند مهدي مهنا مؤيد ميثم نادر ناجي نبيل
  نواف نوح نزار نصر نعيم نضال هاني هادي هشام هيثم هلال هايل همام هاشم وائل وسام وسيم وجدي وحيد وديع يزيد يزن يعرب يامن ياسين
  باسم باسل بدر بدران بكر بلال بسام بشير بشار بهاء بهجت براء بتال برجس تميم تيم تمام تامر توفيق ثامر ثنيان جابر جاسم جمال
  جميل جواد جلال جهاد جعفر جبران جزاع حباب حبيب حمدي حافظ حيدر خليل خلف خليفة خميس خيري دخيل ذياب ذيب رجب ربيع راجح ردة
  رافع رابح سراج شاكر شكري شعبان شوقي صقر صفوان ضاري ضيف ضياء عارف عاطف عاكف عبدالله عتيق عدنان عدي عناد عقيل عكرمة علاء
  علوان عمرو عون غنام غيث غالب فتحي فوزي فهيد قتيبة كنان كرم كايد لافي ماهر متعب مجاهد مجدي محجوب مرعي مشبب مصعب مطر معن
  ملهم ممدوح منيف مناحي مؤمن مأمون نافع نامي نهار هزاع هذال هليل هتان هيكل وافي وهيب ودعان سطام سلام سند سداد سفر سمير سيد
  شامان شايع شجاع شداد شبيب شلاش صنيتان ضيدان طامي عابد عبود عبيد عجلان عساف عطية عطا عليان عنتر غرم غريب قبلان لطيف
  نعمان جرير جبر جاد جهز حاكم حرب حسني حكيم حنيف خضر خطاب دليم رشدي زين زاكي سفيان سنان سويلم صفاء
  فرات فجر فياض قحطان قدري كاظم كعب كنعان مازح مثنى محب مخلد مرتضى مسلم مصلح معلا معين مقبل مقرن منجد نجم نجيب نديم
  نوري نورس نياف حارث الحارث وضاح وهاب ياقوت يسري ينال صالحين جوهر دانيال بطرس جرجس مينا كيرلس جورج بيتر
  فاطمة عائشة عايشة خديجة مريم زينب سارة نورة نورا نوف نوير هند هيا هيفاء لطيفة منيرة الجوهرة جواهر العنود ريم ريما ريماس رنا رنيم
  رنين رهف رغد رزان روان روابي رنده راما روز روزان رؤى رولا رايا شهد شهلا شروق شيماء شيخة شذى شادن شوق شوقية سمر سمر سميرة سعاد
  سعدى سلوى سلمى سمية سهى سهام سهير سحر سناء سجى سوسن سندس سديم سلافة صفية صبا صباح صيته صالحة ضحى ضي طرفة طيف طيبة عبير عهود
  عهد عفاف عزة علياء عليا عواطف عبلة غادة غدير غلا غزل غيداء غالية غزيل فايزة فائزة فوزية فريدة فدوى فضيلة فرح فرحة فتون فاتن فتحية
  فاديه قمر قماشة كوثر كريمة كاميليا لمى لمياء لميس لينا لين ليلى ليان لولوة لولو لؤلؤة لبنى لجين لطفية لارا لانا مها مهرة منى مشاعل
  مرام مروة منال ميس ميسون ميساء مي مايا ماجدة مزنة موضي مضاوي معالي ملاك منار منيفة مياسة ملك نجلاء نجود نجوى نجاة ندى نهى نهلة
  نسرين نسيبة نسيم نعيمة نوال نورهان نادية ناديا نادين ناهد نبيلة نجاح نهال نوره نيفين نعمة هبة هدى هديل هالة هلا هنادي هناء هنوف
  الهنوف هاجر هيام هيلة وجدان وفاء وصايف وضحى ورد وردة وعد وسن وسمية وداد وئام يسرى ياسمين يارا يمنى بسمة بدور بشاير بشرى بيان
  بتول بثينة بدرية بلقيس بنان بسمات بركة تهاني تغريد تالا تالين تسنيم تماضر ترف تقى ثريا ثناء ثراء جنى جود جوري جميلة جمانة
  جهان جيهان جنان جوهرة جوخة حنان حنين حصة حياة حوراء حورية حليمة حمدة حسناء حسنة خلود خولة خيرية دانة دانية دلال دينا ديمة دعاء
  دنيا درة ديما ذكرى رحاب رشا رقية رحمة رجاء راوية رانيا رانية رابعة راضية رفيف ريناد ريوف ريهام رائدة زهراء زهرة زكية زبيدة زينة
  زين اسماء اروى اريج افنان آلاء أمل آمال امال آمنة أمينة أميرة امجاد اماني اميمة انوار انفال اثير اثار احلام اخلاص ازهار اسرار
  اسيل اشواق اشجان اصايل اعتدال افراح اكرام الهام العنود امتنان انتصار انعام ايات ايلاف اية أمنية ابتسام ابتهال اسراء ايمان
  ايناس إيلين إخلاص امين امجد امير انس انور اوس اياد ايمن ايهاب ايسر اسامة اسلام اسيد اشرف اكرم اديب ارشد ازهر اسعد اصيل اوسم
  البندري الجازي البتول الجود مشاعر مواهب ميار ميرا ميرال سيرين ساجدة سمو شموخ شهيرة شيرين عائدة عايدة علا عنود عالية عطاف
  نور سجود مودة مواهب مزون معصومة حكيمة لطيفه وجد وجنات وديان رسيل ريتاج ريتال سلسبيل غفران جنات دارين رسل حلا
  جون ديفيد مايكل روبرت وليام توماس دانيال مارك بول جيمس ماري سوزان راجيش كومار سينغ شاه خان عمران بيلال بريا ماريا فرانسيس
  جوزيف جوزف ستيفن ستيف كارلوس خوسيه انطونيو اليكس الكسندر كريستينا جنيفر اليزابيث سارا صوفيا صوفي ريكاردو
  عبدالرحمن عبدالعزيز عبدالاله الوليد البراء المعتصم المثنى المنذر القعقاع
`;

const latin = `
  mohammed muhammad mohamed mohammad mohamad mhd ahmed ahmad ali aly omar umar othman osman khalid khaled fahad fahd sultan saud
  abdullah abdulla abdallah nasser nasir naser turki bandar bander naif nayef mishal meshal mishari majed majid musaed faisal faysal
  feisal talal waleed walid yasser yasir yousef yusuf yousif youssef ibrahim ebrahim ismail ishaq yaqoub musa mousa issa eisa haroun dawood suleiman
  sulaiman adam yahya zakaria ayoub younis idris hassan hasan hussein hussain husain hosam hussam hamad hamdan hamza hatem hazem raed riyadh
  rakan rayan rayyan rami rashid rashed rashad reda ziad ziyad zaid zayed sami samer samir salem salim saeed said saad salman suhail saif shadi sharif
  saleh salah sabri sadiq suhaib tariq tarek tareq talha taher taha adel asim assem amer amir ameer ayed essam azzam aziz emad imad ammar awad ghazi
  ghassan fares faris firas fawaz fouad fuad fayez farid farouk qasim qusai kareem karim kamal loay luay mazen mazin malik malek mubarak mohsen mukhtar
  murad marwan masoud mutlaq muath moath moaz mutaz mansour mansoor muneer munir muhannad mohannad mahdi nader naji nabil nabeel nawaf nouh noah nizar
  nasr hani hadi hisham haitham hilal hashim wael wissam waseem basem bassem basel badr bader bakr bilal bassam bashir baraa tamim tamer tawfiq thamer
  jaber jabir jassim jamal jameel jamil jawad jalal jihad jafar khalil khalaf khalifa dhiyab rajab rabie siraj shaker shukri saqr dhari dari adnan
  anas anwar osama usama ashraf akram ayman ayham eyad iyad ihab islam amin ameen amjad asaad yazeed yazid yazan sattam sayed
  fatima fatimah fatma aisha aysha khadija khadijah maryam mariam zainab zaynab sara sarah noura nora norah nourah nouf hind haya haifa latifa munira muneera
  aljawhara jawaher alanoud alanood reem rim reema rana raneem rahaf raghad razan rawan shahad shahd shaimaa samar samira suad salwa salma sumaya suha
  siham sahar sana safiya saba abeer ahood ohoud afaf alia aliya ghada ghadeer ghala fayza fawzia farida farah faten kawthar lama lamia
  lamis lina leena layan layla laila leila lubna lujain maha mona muna mashael maram marwa manal maysoon mai may maya majda moudi mudhawi malak manar najla
  nujood najwa nada noha nuha nahla nasreen nisreen nawal nadia nadine nahed hiba heba huda hoda hadeel hala hanadi hana hanan hanoof hanouf hajar haila
  wejdan wafa waad wasan yusra yasmin yasmine yasmeen yara basma bushra bayan batoul badriah tahani taghreed tala tasneem thuraya jana joud
  joory jamila jumana jihan haneen hessa hissa hayat khulood khawla dana dania dalal dina dima doaa duaa rihab rasha ruqayah rahma raja rania reham zahra
  zahraa zakia asma asmaa arwa areej afnan alaa amal amina amani amira amna ameera anfal ahlam ikhlas asrar aseel ashwaq ibtisam esraa israa eman iman enas
  inas nour noor shatha sundus hidaya areen
  john james david michael mike robert rob william bill will thomas tom daniel dan mark marc paul peter andrew george mary anna anne ann emma laura linda
  susan susanne elizabeth jennifer jane maria priya rahul imran richard charles joseph joe jose juan carlos luis antonio francisco miguel pedro christopher
  chris matthew matt anthony tony donald don steven stephen steve kevin brian edward ronald timothy jason jeffrey ryan jacob gary nicholas nick eric jonathan
  larry justin scott brandon benjamin ben samuel sam frank gregory alexander alex patrick jack dennis jerry tyler aaron henry douglas adam nathan zachary
  kyle ethan jeremy keith roger terry sean shawn austin arthur jesse lawrence christian albert joe billy bruce ralph roy louis philip phillip vincent
  patricia barbara jessica margaret lisa nancy karen betty helen sandra donna carol ruth sharon michelle amanda melissa deborah stephanie rebecca
  cynthia kathleen amy angela shirley emily brenda pamela nicole katherine catherine christine janet rachel heather diane julie joyce victoria
  kelly christina joan evelyn olivia judith megan cheryl martha andrea frances hannah jacqueline teresa gloria sophia sophie alice julia grace
  rose hope faith joy mercy precious blessing charity patience lily ruby pearl daisy iris ivy june april dawn eve angel sunday summer autumn
  rajesh suresh ramesh mahesh sanjay vijay ajay amit anil sunil kumar singh khan ravi arun deepak manoj prakash sandeep vinod ashok anand arjun karthik
  lakshmi kavita sunita anita pooja neha sneha divya shreya aishwarya deepa meera rekha abdul imtiaz irfan asif tahir zubair naveed nadeem shahid shoaib
  usman bilquis nasreen shabana farhan kamran adeel arshad zeeshan rizwan waqas junaid danish faizan hamid hameed sajid wasim
  chen wei li wang zhang liu yang ming hiroshi yuki kim park lee nguyen tran maricel jomar rodel reynaldo angelica marites wanjiru otieno kwame kofi ama
  chukwu emeka ngozi chinedu oluwaseun ade tunde ibrahima mamadou fatou moussa ousmane mehmet mustafa ahmet ayse emre hasan fatih selim ivan olga
  dmitri natalia sergei hans klaus jurgen stefan pierre jean claude marie isabelle giovanni marco luca giulia
`;

/**
 * Given names, folded, in both scripts. That an everyday word is one of them too does not keep it out:
 * `everydayNames` says which.
 */
export const givenNames: ReadonlySet<string> = new Set(tokens(`${arabic} ${latin}`));

/** Given names that are everyday words too: alone inside a sentence they are names only where nothing else follows. */
export const everydayNames: ReadonlySet<string> = new Set(
  tokens(`
  علي امل آمال نور سلام وفاء فرح فرحة سعيد سعيدة كريم كريمة جميل جميلة عادل صالح صالحة حسن حسنة مساعد مبارك وعد عهد حنان رحمة بركة نعمة
  هبة دعاء رجاء ايمان اخلاص بشرى ذكرى حياة احلام اماني شاكر صادق ظافر فاضل مطلق عناد سالم سليم ناصر نادر وحيد فريد فريدة هادي راضي راضية
  غالي غالية سهل فائز فايز فائزة فايزة ربيع شعبان رمضان رجب خميس عيد شروق عبير ابتسام ثناء هناء صفاء ضياء بهاء نعيم نسيم ورد وردة زهرة
  شمس قمر نجم براء مالك هلال ملاك دلال انعام اكرام الهام اعتدال انتصار نضال جهاد سيف فارس صقر فهد ليث ذيب مختار مشرف محسن مسلم مقبل مسعود منصور
  نجاح نجاة نهار نوال هلا تمام تميم توفيق ثامر حاكم حكيم حافظ حرب خير دنيا دنية سحر سماح سفر سند سداد شجاع شفاء شريف شهد صباح صبا
  عطية عطا عطاء عون غريب غالب فجر فضل فلاح كامل كمال كرم ماهر مؤمن مأمون مجاهد مسفر مصلح معين ملهم نافع واثق وديع وافي وسيم زين زينة
  طيبة طاهر عالية عزيز عزة كوثر لطيف لطيفة مهدي محب مودة مواهب مشاعر معالي منار ملك نبيل نبيلة وئام بيان بسمة تهاني جود حارث خليفة
  خلف ضيف روح ريم عابد علا عماد اسرار اثار ايات انوار اشواق افراح ازهار امنية اميرة امير امين امينة اصيل اسلام مي هدى منى شوق طيف
  will may joy hope grace mark rose faith mercy precious blessing charity patience lily ruby pearl daisy iris ivy june april dawn eve
  angel sunday summer autumn frank bill don park said ade ben sue jack dan sam rob tom ama may mai li wei will kim lee ali
`).filter((name) => givenNames.has(name)),
);

/** Made of عبد, الدين or الله: a name whatever the other part is. */
const composed = new RegExp(
  [
    '^عبد.{3}',
    '^(?:نور|صلاح|علا|شمس|جمال|كمال|بدر|عز|عماد|حسام|سيف|ضيا|محي|محيي|تقي|شرف|فخر|مجد|سراج|شهاب|زين|بها)الدين$',
    '^(?:خلف|سيف|عطا|نصر|فتح|ضيف|جار|حسب|فضل|هبه|ايه|سعد|دخيل|رزق|جاب)الله$',
    '^abd(?:ul|el|al|ur|ar|us|as)[a-z]{3}',
    '.{2}(?:uddin|eddin|eddine|ullah)$',
  ].join('|'),
);

/** Whether a folded word is a given name; an article before it makes it a family's (الراشد). */
export const isGivenName = (folded: string): boolean =>
  givenNames.has(folded) || composed.test(folded) || (folded.startsWith('ال') && givenNames.has(folded.slice(2)));

/** العتيبي, الشمري: descent or place, which is how most family names are built. */
export const isDescent = (folded: string): boolean => /^ال.{2,}ي$/.test(folded) || /^al.{3,}i$/.test(folded);
