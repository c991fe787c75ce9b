import type { Language } from './protocol.ts';

/** The few words that must be there before, or without, the server's texts. */
export const launcherWords: Record<Language, { open: string; close: string; failed: string }> = {
  ar: {
    open: 'تحدّث معنا',
    close: 'إغلاق المحادثة',
    failed: 'تعذّر فتح المحادثة. يُرجى التحقق من الاتصال بالإنترنت ثم المحاولة مرة أخرى.',
  },
  en: {
    open: 'Chat with us',
    close: 'Close the chat',
    failed: 'The chat could not be opened. Please check your connection and try again.',
  },
};
