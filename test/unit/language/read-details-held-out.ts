import type { DetailsCase } from './read-details-cases.ts';

const khalid = { name: 'خالد العتيبي', entity: 'قسم الفيزياء', category: 'student' };
const omar = { name: 'Omar Khalid', entity: 'Department of Physics', category: 'student' };

/** Written after the rules were made. */
export const heldOut: DetailsCase[] = [
  ['الاسم الكامل: خالد العتيبي\nالقسم: قسم الفيزياء\nالصفة: طالب', khalid],
  ['خالد العتيبي / قسم الفيزياء / طالب', khalid],
  ['خالد العتيبي؛ قسم الفيزياء؛ طالب', khalid],
  ['خالد العتيبي | قسم الفيزياء | طالب', khalid],
  ['أنا خالد العتيبي، طالب في قسم الفيزياء', khalid],
  ['أنا طالب واسمي خالد العتيبي من قسم الفيزياء', khalid],
  ['اسمي: خالد العتيبي\nجهتي: قسم الفيزياء\nفئتي: طالب', khalid],
  ['اسم الطالب: خالد العتيبي، القسم: قسم الفيزياء', { name: 'خالد العتيبي', entity: 'قسم الفيزياء' }],
  ['* خالد العتيبي\n* قسم الفيزياء\n* طالب', khalid],
  ['- طالب\n- خالد العتيبي\n- قسم الفيزياء', khalid],
  ['تحية طيبة وبعد،\nإليكم البيانات المطلوبة:\nخالد العتيبي\nقسم الفيزياء\nطالب\nوتقبلوا تحياتي', khalid],
  ['صباح الخير\nالاسم خالد العتيبي\nالجهة قسم الفيزياء\nالفئة طالب', khalid],
  ['مساء الخير، معكم خالد العتيبي من قسم الفيزياء، طالب', khalid],
  [
    'د. خالد العتيبي\nكلية الهندسة\nعضو هيئة تدريس',
    { name: 'د. خالد العتيبي', entity: 'كلية الهندسة', category: 'academic' },
  ],
  [
    'نورة القحطاني\nعمادة شؤون الطلاب\nموظفة',
    { name: 'نورة القحطاني', entity: 'عمادة شؤون الطلاب', category: 'administrative' },
  ],
  ['أنا موظف في عمادة القبول والتسجيل', { entity: 'عمادة القبول والتسجيل', category: 'administrative' }],
  ['من كلية الطب', { entity: 'كلية الطب' }],
  ['قسم الفيزياء، طالب', { entity: 'قسم الفيزياء', category: 'student' }],
  ['خالد العتيبي', { name: 'خالد العتيبي' }],
  [
    'الاسم: خالد العتيبي\nرقم الجوال: ٠٥٠٠٠٠٠٠٠٠\nالجهة: قسم الفيزياء',
    { name: 'خالد العتيبي', entity: 'قسم الفيزياء' },
  ],
  ['Name: Omar Khalid\nDepartment: Department of Physics\nRole: Student', omar],
  ['Omar Khalid | Department of Physics | Student', omar],
  ['Omar Khalid\nDepartment of Physics\nStudent\n\nThanks', omar],
  ["Hi team,\nI'm Omar Khalid, a student in the Department of Physics.\nThank you", omar],
  [
    'Dear team,\n\nplease find my details below:\n\n1. Omar Khalid\n2. Department of Physics\n3. Student\n\nKind regards',
    omar,
  ],
  ['- Name: Omar Khalid\n- Entity: Department of Physics\n- Category: Student', omar],
  ['student, Department of Physics, Omar Khalid', omar],
  ['My name is Omar Khalid', { name: 'Omar Khalid' }],
  ['Department of Physics', { entity: 'Department of Physics' }],
  ['I am a student', { category: 'student' }],
  ['Category: student', { category: 'student' }],
  ['السبورة الذكية تعطلت في القاعة', { rest: 'السبورة الذكية تعطلت في القاعة' }],
  ['قسم الفيزياء لم يرسل لي الدرجات', { rest: 'قسم الفيزياء لم يرسل لي الدرجات' }],
  ['مكتب القبول مغلق منذ أسبوع', { rest: 'مكتب القبول مغلق منذ أسبوع' }],
  ['الموظف رفض استلام الأوراق', { rest: 'الموظف رفض استلام الأوراق' }],
  ['أريد إلغاء الطلب', { rest: 'أريد إلغاء الطلب' }],
  ['My account is locked', { rest: 'My account is locked' }],
  ['The department never answers the phone', { rest: 'The department never answers the phone' }],
  ['When will you open?', { rest: 'When will you open?' }],
  [
    'الاسم: خالد العتيبي\nالجهة: قسم الفيزياء\nالفئة: طالب\nالمشكلة: لا أستطيع تسجيل المواد',
    { ...khalid, rest: 'لا أستطيع تسجيل المواد' },
  ],
  [
    'Omar Khalid\nDepartment of Physics\nStudent\nMy account is locked since Monday.',
    { ...omar, rest: 'My account is locked since Monday.' },
  ],
  ['خالد العتيبي\nقسم الفيزياء\nطالب\nمتى تعلن النتائج؟', { ...khalid, rest: 'متى تعلن النتائج؟' }],
  ['إدارة شؤون طلبة الدراسات العليا', { entity: 'إدارة شؤون طلبة الدراسات العليا' }],
];
