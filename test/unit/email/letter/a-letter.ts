import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { EmailSettings, MailServer } from '../../../../channels/email/settings.ts';
import type { HostDeps } from '../../../../src/channel/kind.ts';
import type { Language } from '../../../../src/language/language.ts';
import { loadTemplates } from '../../../../src/template/load.ts';
import { createRender } from '../../../../src/template/template.ts';
import { outboundOf } from '../../../fakes/an-outbound.ts';
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts';
import { hostDeps } from '../../../fakes/host-deps.ts';
import { root } from '../../../source-tree.ts';

export const now = '2026-11-22T07:00:00.000Z';

const templates = await loadTemplates(join(root, 'templates'));
export const render = createRender(
  templates.map((one) => ({ ...one, version: 1 })),
  'Asia/Riyadh',
);

const views: Record<Language, Record<string, unknown>> = {
  ar: {
    name: 'هيئة المثال',
    unit: 'وحدة خدمة العملاء',
    hours: { open: true, text: 'من الأحد إلى الخميس، \u20687:30\u2069 – \u206814:30\u2069' },
  },
  en: {
    name: 'Example Authority',
    unit: 'Customer Care Unit',
    hours: { open: true, text: 'Sunday to Thursday, 7:30 – 14:30' },
  },
};

export interface LoggedLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  fields: object;
  message: string;
}

/** What the gateway hands to a channel: the real texts, a clock that stands still, and a log to look at. */
export function someDeps(): { deps: HostDeps; lines: LoggedLine[]; clock: FakeClock } {
  const lines: LoggedLine[] = [];
  const log = (level: LoggedLine['level']) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  const clock = createFakeClock(now);
  const deps = hostDeps({
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    clock,
    text: render,
    publicView: async (language: Language) => views[language],
    publicUrl: 'https://care.example.org',
    secret: (purpose: string) => createHmac('sha256', 'a secret of the tests').update(purpose).digest(),
  });
  return { deps, lines, clock };
}

export const someServer = (given: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port: 25,
  secure: false,
  user: '',
  password: '',
  ...given,
});

export const someSettings = (given: Partial<EmailSettings> = {}): EmailSettings => ({
  imap: someServer({ port: 143 }),
  smtp: someServer(),
  tokens: null,
  address: 'care@example.org',
  aliases: [],
  name: null,
  copyTo: [],
  folders: ['INBOX'],
  handledFolder: null,
  sentFolder: 'auto',
  replyToken: true,
  sourceDays: 90,
  maxBytes: 25 * 1024 * 1024,
  firstDays: 30,
  ...given,
});

export const aMessage = outboundOf({
  id: 'q1w2e3r4t5y6u7i8o9p0_a-sdfg',
  messageId: 'message-1',
  inboxId: 'email',
  address: 'sara@example.com',
  conversationKey: 'k7f2m9x4',
  seq: 1,
  text: 'تم تسجيل الطلب بالرقم \u206826000010\u2069.',
  letter: { subject: 'رد: عطل في جهاز العرض', inReplyTo: '<q-1@example.com>', references: ['<q-0@example.com>'] },
  at: now,
});
