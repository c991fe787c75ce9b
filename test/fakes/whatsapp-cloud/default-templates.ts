import type { ListedTemplate } from './templates.ts';

const ticketUpdate = (
  id: string,
  language: string,
  texts: readonly [string, string, string, string],
): ListedTemplate => ({
  id,
  name: 'ticket_update',
  language,
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'NAMED',
  components: [
    {
      type: 'HEADER',
      format: 'TEXT',
      text: texts[0],
      example: { header_text_named_params: [{ param_name: 'ticket', example: '1042' }] },
    },
    {
      type: 'BODY',
      text: texts[1],
      example: {
        body_text_named_params: [
          { param_name: 'name', example: 'سارة' },
          { param_name: 'status', example: 'قيد التنفيذ' },
        ],
      },
    },
    { type: 'FOOTER', text: texts[2] },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: texts[3] }] },
  ],
});

const serviceLink = (id: string, language: string, body: string, button: string): ListedTemplate => ({
  id,
  name: 'service_link',
  language,
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'POSITIONAL',
  components: [
    { type: 'BODY', text: body, example: { body_text: [['سارة', 'طلب صيانة']] } },
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: button, url: 'https://example.org/s/{{1}}', example: ['abc'] }] },
  ],
});

const plain = (
  id: string,
  name: string,
  language: string,
  status: ListedTemplate['status'],
  category: ListedTemplate['category'],
  text: string,
): ListedTemplate => ({
  id,
  name,
  language,
  status,
  category,
  parameter_format: 'POSITIONAL',
  components: [{ type: 'BODY', text }],
});

/** Templates of every status, in both languages, with named and with numbered places. */
export const defaultTemplates: readonly ListedTemplate[] = [
  ticketUpdate('800000000000001', 'ar', [
    'تحديث التذكرة {{ticket}}',
    'مرحبًا {{name}}، حالة تذكرتكم الآن: {{status}}. للاستفسار يمكنكم الرد على هذه الرسالة.',
    'خدمة المستفيدين',
    'التحدث إلى موظف',
  ]),
  ticketUpdate('800000000000002', 'en', [
    'Update on ticket {{ticket}}',
    'Hello {{name}}, your ticket is now: {{status}}. Reply to this message if you have a question.',
    'Customer care',
    'Talk to a person',
  ]),
  serviceLink('800000000000003', 'ar', 'مرحبًا {{1}}، هذا رابط الخدمة المطلوبة: {{2}}', 'فتح الخدمة'),
  serviceLink('800000000000004', 'en', 'Hello {{1}}, here is the link to the service: {{2}}', 'Open the service'),
  plain(
    '800000000000005',
    'conversation_resume',
    'ar',
    'APPROVED',
    'UTILITY',
    'لدينا رد على استفساركم. يرجى الرد على هذه الرسالة للمتابعة.',
  ),
  plain(
    '800000000000006',
    'conversation_resume',
    'en',
    'APPROVED',
    'UTILITY',
    'We have an answer to your inquiry. Please reply to this message to go on.',
  ),
  plain('800000000000007', 'service_survey', 'ar', 'PAUSED', 'MARKETING', 'كيف كانت تجربتكم معنا يا {{1}}؟'),
  plain('800000000000008', 'service_survey', 'en', 'PAUSED', 'MARKETING', 'How was your experience with us, {{1}}?'),
  plain('800000000000009', 'season_offer', 'ar', 'REJECTED', 'MARKETING', 'عرض خاص'),
  plain('800000000000010', 'season_offer', 'en', 'PENDING', 'MARKETING', 'A special offer'),
  plain('800000000000011', 'old_notice', 'ar', 'DISABLED', 'UTILITY', 'تنبيه سابق'),
];
