import { describe, expect, it } from 'vitest';
import { shippedUnderstanding } from './shipped.ts';

const { understand } = await shippedUnderstanding();

const commands: [string, unknown][] = [
  ['وش صار على طلبي؟', 'status'],
  ['وش صار على طلبي اللي رفعته الأسبوع الماضي', 'status'],
  ['السلام عليكم، وين وصلت معاملتي', 'status'],
  ['ايش صار في شكواي', 'status'],
  ['شو صار بطلبي', 'status'],
  ['فين وصل طلبي', 'status'],
  ['ايه اللي حصل في طلبي', 'status'],
  ['هل هناك جديد؟', 'status'],
  ['ما حالة الطلب', 'status'],
  ['أبغى أتابع طلبي', 'status'],
  ['ما وصلني رد', 'status'],
  ['any update?', 'status'],
  ['Any news on my ticket please', 'status'],
  ["what's the status of my request", 'status'],
  ['has my complaint been resolved yet?', 'status'],
  ['wesh sar 3ala talabi', 'status'],
  ['26000428', 'status'],
  ['تذكرة رقم ٢٦٠٠٠٤٢٨', 'status'],
  ['تذكرتي ٢٦٠٠٠٤٢٨ وش صار عليها', 'status'],
  ['أبي أكلم موظف', 'agent'],
  ['ابغى اتكلم مع شخص حقيقي لو سمحت', 'agent'],
  ['عايز اكلم حد من خدمة العملاء', 'agent'],
  ['بدي أحكي مع موظف', 'agent'],
  ['حولني لموظف', 'agent'],
  ['التحدث مع موظف', 'agent'],
  ['ممكن أتكلم مع خدمة العملاء', 'agent'],
  ['ما أبي روبوت', 'agent'],
  ['معك محمد العتيبي، أبي أكلم موظف', 'agent'],
  ['talk to a human', 'agent'],
  ['I want to speak to an agent please', 'agent'],
  ['agent', 'agent'],
  ['can I talk to someone?', 'agent'],
  ['abgha akallim muwazaf', 'agent'],
  ['وقف', 'stop'],
  ['stop', 'stop'],
  ['STOP.', 'stop'],
  ['إلغاء الاشتراك', 'stop'],
  ['لا ترسلوا لي رسائل', 'stop'],
  ['unsubscribe', 'stop'],
  ['طلب جديد', 'new-request'],
  ['عندي استفسار ثاني', 'new-request'],
  ['I have another question', 'new-request'],
  ['new ticket', 'new-request'],
  ['ابي اصعد', 'escalate'],
  ['أريد تصعيد الشكوى', 'escalate'],
  ['escalate my ticket', 'escalate'],
  ['ابي اصعد الطلب ٢٦٠٠٠٤٢٨', 'escalate'],
  ['أعترض على الرد', 'object'],
  ['اعتراض', 'object'],
  ['أبغى أعترض على ردكم', 'object'],
  ['أعترض على الرد لأن الجهاز لم يصل بعد', 'object'],
  ['اعتراض ٢٦٠٠٠٤٢٨', 'object'],
  ['أعترض على الرد على الطلب رقم 26000428', 'object'],
  ['أنا غير موافق على القرار', 'object'],
  ['I object', 'object'],
  ['I object to your answer because nothing was repaired', 'object'],
  ['objection 26000428', 'object'],
  ['I want to appeal', 'object'],
  ['اعتراض جديد', 'new-request'],
  ['أعترض على درجتي في مقرر الفيزياء', null],
  ['ارجع للمساعد', 'assistant'],
  ['back to the assistant', 'assistant'],
  ['تكلم انجليزي', { language: 'en' }],
  ['English please', { language: 'en' }],
  ['ممكن بالإنجليزي', { language: 'en' }],
  ['عربي', { language: 'ar' }],
  ['I prefer Arabic', { language: 'ar' }],
  ['switch to arabic', { language: 'ar' }],
];

const noCommands = [
  'الموظف أساء معاملتي',
  'الموظف الذي كلمته لم يحل المشكلة',
  'أبغى أقدم شكوى على موظف',
  'I want you to stop the noise in hall 5',
  'please stop the water, the hall is flooded',
  'وقف الجهاز عن العمل',
  'الجهاز وقف فجأة أثناء المحاضرة',
  'the agent was rude to me',
  'أبغى أعرف أوقات الدوام',
  'ما هي خدماتكم بالإنجليزي والعربي في المكتبة',
  'my English class has no projector',
  'نحتاج مترجم عربي للمحاضرة',
  'طلب جديد للأجهزة في معمل الحاسب رقم خمسة',
  'كيف أقدم طلب جديد لصيانة الجهاز',
  'تصعيد الموضوع إعلاميا مرفوض من قبلنا تماما',
  'وين مقر الإدارة',
  'متى الدوام',
  'السلام عليكم',
  'شكرا',
  'نعم',
  '0551234567',
  '12345678',
  'طلب',
  'تذكرة',
  '👍',
  '',
];

describe('commands', () => {
  it.each(commands)('%j is %j', (text, command) => {
    expect(understand(text).command).toEqual(command);
  });

  it.each(noCommands)('%j is none', (text) => {
    expect(understand(text).command).toBeNull();
  });

  it('tells of a bare "موظف" that it may also be a category', () => {
    expect(understand('موظف')).toMatchObject({ command: 'agent', category: 'administrative' });
  });
});
