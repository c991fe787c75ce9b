import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../src/language/language.ts';
import type { Tab } from '../integration/web-chat/open-gateway.ts';
import { type ConsoleOfTest, type Look, patience } from './console-page.ts';

/** What a visitor and an agent say to each other, and what the console says to the agent meanwhile. */
export const stories = {
  ar: {
    hello: ['السلام عليكم', 'نورة بنت سعد العتيبي', 'كلية العلوم', 'الكادر الأكاديمي'],
    name: 'نورة بنت سعد العتيبي',
    wantsPerson: 'أريد التحدث إلى موظف',
    nobodyWaits: 'لا أحد ينتظر الآن',
    wrong: 'البريد الإلكتروني أو كلمة المرور غير صحيحة.',
    why: 'لماذا قال المساعد هذا؟',
    because: 'طلب المستفيد التحدث إلى موظف.',
    typing: /يكتب الآن/,
    take: 'تولّي المحادثة',
    yours: 'تتولى هذه المحادثة. المساعد متوقف عن الرد.',
    answer: 'أهلًا بك يا أستاذة نورة، معك هدى. كيف أخدمك؟',
    delivered: 'وصلت',
    resume: 'إعادتها إلى المساعد',
    assistantHas: /يتولى المساعد هذه المحادثة/,
    question: 'متى تفتحون وما أوقات الدوام؟',
    answered: /من الأحد إلى الخميس/,
    complaint: 'أشتكي من تأخر صيانة جهاز العرض في القاعة 12 منذ أسبوعين',
    complaintType: 'شكوى',
    opened: 'فُتحت التذكرة (شكوى)',
    tickets: 'التذاكر',
    back: 'العودة إلى القائمة',
    details: 'بيانات المستفيد',
    entity: 'كلية العلوم',
    label: 'الرد',
    direction: 'rtl',
  },
  en: {
    hello: ['Hello', 'Omar Haddad', 'College of Engineering', 'Students'],
    name: 'Omar Haddad',
    wantsPerson: 'I want to talk to a person',
    nobodyWaits: 'Nobody is waiting',
    wrong: 'The e-mail address or the password is not right.',
    why: 'Why did the assistant say this?',
    because: 'The person asked to talk to somebody.',
    typing: /is writing/,
    take: 'Take over',
    yours: 'You have this conversation. The assistant does not answer.',
    answer: 'Hello Omar, this is Huda. How can I help?',
    delivered: 'Delivered',
    resume: 'Hand back to the assistant',
    assistantHas: /The assistant has this conversation/,
    question: 'What are your working hours?',
    answered: /Sunday to Thursday/,
    complaint:
      'The projector was promised for Monday and nobody came. This is a complaint about the maintenance centre.',
    complaintType: 'Complaint',
    opened: 'Ticket opened (Complaint)',
    tickets: 'Tickets',
    back: 'Back to the list',
    details: 'Contact details',
    entity: 'College of Engineering',
    label: 'Answer',
    direction: 'ltr',
  },
} as const;

/** What came to a visitor from an agent. */
export const fromAgent = (tab: Tab): string[] =>
  tab.got.filter(({ author }) => author === 'agent').map(({ text }) => text);
/** The field in which the agent answers. */
export const answerBox = (page: Page, language: Language): Locator =>
  page.getByRole('textbox', { name: stories[language].label, exact: true });
/** The rows of a list. */
export const rows = (page: Page): Locator => page.locator('[data-row]');

export interface Visitors {
  /** A visitor who has said who they are. */
  aVisitor(language: Language): Promise<Tab>;
  /** Waits until the assistant has said all that it says to a message. */
  settled(tab: Tab): Promise<void>;
  /** The conversation of a visitor who waits for a person, open in a console. */
  waitingIn(look: Look): Promise<{ page: Page; visitor: Tab }>;
}

export function visitorsOf({ wasl, signedIn }: Pick<ConsoleOfTest, 'wasl' | 'signedIn'>): Visitors {
  const settled: Visitors['settled'] = async (tab) => {
    await wasl().gateway.flow.idle();
    await expect.poll(() => tab.got.at(-1)?.author, patience).toBe('assistant');
  };
  const aVisitor: Visitors['aVisitor'] = async (language) => {
    const tab = await wasl().visit({ auth: { language } });
    for (const line of stories[language].hello) {
      const before = tab.got.length;
      await tab.say(line);
      await expect.poll(() => tab.got.length, patience).toBeGreaterThan(before);
      await settled(tab);
    }
    return tab;
  };
  return {
    aVisitor,
    settled,
    async waitingIn(look) {
      const visitor = await aVisitor(look.language);
      await visitor.say(stories[look.language].wantsPerson);
      const page = await signedIn(look);
      await rows(page).filter({ hasText: stories[look.language].name }).first().click();
      await page.locator('[data-message]').first().waitFor();
      return { page, visitor };
    },
  };
}
