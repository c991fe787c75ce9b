import type { DetailsRead } from '../../../src/language/read-details.ts';

/** An answer and what it tells; `rest` is empty where it is not given. */
export type DetailsCase = [answer: string, told: Partial<DetailsRead>];

const sara = { name: 'سارة أحمد', entity: 'كلية العلوم', category: 'student' };
const english = { name: 'Sara Ahmed', entity: 'College of Science', category: 'student' };

/** Written while the rules were made. */
export const answers: DetailsCase[] = [
  ['الاسم: سارة أحمد\nالجهة: كلية العلوم\nالفئة: طالبة', sara],
  ['الفئة: طالبة\nالاسم: سارة أحمد\nالجهة: كلية العلوم', sara],
  ['الاسم / سارة أحمد\nالجهة / كلية العلوم\nالفئة / طالبة', sara],
  ['الاسم:سارة أحمد،الجهة:كلية العلوم،الفئة:طالبة', sara],
  ['الاسم: سارة أحمد الجهة: كلية العلوم الفئة: طالبة', sara],
  ['1- سارة أحمد\n2- كلية العلوم\n3- طالبة', sara],
  ['١. سارة أحمد\n٢. كلية العلوم\n٣. طالبة', sara],
  ['(1) سارة أحمد\n(2) كلية العلوم\n(3) طالبة', sara],
  ['• سارة أحمد\n• كلية العلوم\n• طالبة', sara],
  ['سارة أحمد، كلية العلوم، طالبة', sara],
  ['سارة أحمد - كلية العلوم - طالبة', sara],
  ['سارة أحمد\nكلية العلوم\nطالبة', sara],
  ['سارة أحمد كلية العلوم طالبة', sara],
  ['طالبة في كلية العلوم واسمي سارة أحمد', sara],
  ['اسمي سارة أحمد، طالبة في كلية العلوم', sara],
  ['السلام عليكم، هذه بياناتي:\nالاسم: سارة أحمد\nالجهة: كلية العلوم\nالفئة: طالبة\nشكراً لكم', sara],
  ['السلام عليكم ورحمة الله وبركاته\nسارة أحمد\nكلية العلوم\nطالبة\nمع التحية', sara],
  ['وعليكم السلام\nاسمي سارة أحمد من كلية العلوم', { name: 'سارة أحمد', entity: 'كلية العلوم' }],
  ['اسمي سارة', { name: 'سارة' }],
  ['الاسم: سارة أحمد', { name: 'سارة أحمد' }],
  ['الجهة / كلية العلوم', { entity: 'كلية العلوم' }],
  ['كلية العلوم', { entity: 'كلية العلوم' }],
  ['طالبة', { category: 'student' }],
  ['الفئة: طالبة', { category: 'student' }],
  ['الاسم:\nسارة أحمد\nالجهة:\nكلية العلوم\nالفئة:\nطالبة', sara],
  ['الاسم: سارة أحمد\nالجوال: 0500000000\nالجهة: كلية العلوم\nالفئة: طالبة', sara],
  ['Name: Sara Ahmed\nEntity: College of Science\nCategory: student', english],
  ['Name - Sara Ahmed; College of Science; student', english],
  ['Sara Ahmed, College of Science, student', english],
  ['Hello,\nHere are my details:\nSara Ahmed\nCollege of Science\nStudent\nBest regards', english],
  ['My name is Sara Ahmed, student at the College of Science', english],
  ['I am Sara Ahmed from the College of Science', { name: 'Sara Ahmed', entity: 'College of Science' }],
  ['1) Sara Ahmed 2) College of Science 3) Student', english],
  ['Full name: Sara Ahmed\nCategory: student', { name: 'Sara Ahmed', category: 'student' }],
  ['Thank you for your reply. My name is Sara Ahmed.', { name: 'Sara Ahmed' }],
  ['Student', { category: 'student' }],
  ['جهاز العرض لا يعمل', { rest: 'جهاز العرض لا يعمل' }],
  ['إدارة القبول لم ترد على طلبي', { rest: 'إدارة القبول لم ترد على طلبي' }],
  ['كلية العلوم متأخرة في الرد', { rest: 'كلية العلوم متأخرة في الرد' }],
  ['The projector does not work', { rest: 'The projector does not work' }],
  ['The college office is closed every day', { rest: 'The college office is closed every day' }],
  ['متى يفتح القبول؟', { rest: 'متى يفتح القبول؟' }],
  [
    'الاسم: سارة أحمد\nالجهة: كلية العلوم\nالفئة: طالبة\nوجهاز العرض في القاعة 12 لا يعمل',
    { ...sara, rest: 'وجهاز العرض في القاعة 12 لا يعمل' },
  ],
  [
    'اسمي سارة أحمد من كلية العلوم وعندي مشكلة في البوابة',
    { name: 'سارة أحمد', entity: 'كلية العلوم', rest: 'عندي مشكلة في البوابة' },
  ],
  ['شكراً لكم', {}],
  ['', {}],
];
