import { common } from './common.js';
import { sms } from './sms.js';
import { whatsapp } from './whatsapp.js';
import { x } from './x.js';

const inLanguage = (language) => ({
  ...common[language],
  whatsapp: whatsapp[language],
  x: x[language],
  sms: sms[language],
});

/** Texts of the page in both languages, by the same keys; those of a place below its name. */
export const texts = { ar: inLanguage('ar'), en: inLanguage('en') };
