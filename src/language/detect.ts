import { fold } from './fold.ts';
import type { Language } from './language.ts';

export type Script = 'arabic' | 'latin' | 'mixed' | 'none';

export interface DetectedLanguage {
  /** null where the text has no letters of Arabic or Latin script. */
  language: Language | null;
  script: Script;
  /** Arabic written in Latin letters ("abgha a3raf"). */
  arabizi: boolean;
  /** Enough text to follow: one loan word or a name in the other script does not switch a conversation. */
  sure: boolean;
}

const words = (list: string): Set<string> => new Set(list.trim().split(/\s+/));

const arabiziWords = words(`
  abgha abghi abga ebgha ab5a aby abe abee wesh wsh weish wish eish esh aish eysh shlon shloon shlonak shlonkum shlonik
  kef kefak keefak kaifak keef kif kayf kaif keyf kaifa salam salaam slam asalam assalam assalamu alsalam alsalamu alaikum alaykum alikum alykum
  aleikum 3alaikum mumkin momkin mmkn mumken momken shukran shokran shukraan mashkor mashkoor yaslamo marhaba mar7aba ahlan
  ahlain hala halla hayak wain wein ween wen feen fein fain laish lesh leesh leh leih limatha limaza mata meta emta
  imta kam hatha hatheh hada hadha haza hai hal mafi maafi mafeesh mish mesh muw mu mo inshallah inshalla nshallah yalla
  wallah walla ya3ni aywa aiwa eywa la2 naam tayeb tayyib taib zain zein kwayes kwais tamam tmam bs bas badi baddi bidi biddi
  aayez ayez 3ayez 3awz awez areed ureed arid orid urid uriid a7taj ahtaj mushkila mushkela moshkela mushkilah talab talabi
  tathkara muwazaf mowazaf muwathaf mwzf jihaz jehaz alqaa qaa qa3a jamea jami3a jamia kuliya kulliya ustath ustaz doktor
  duktur almustanad muhadara mohadara 7asal sabah masa alkhair elkheir alkheer sho shu hawwel hawel hawlni 7awelni
  abi aby yeshtaghal yshtaghal yeshtghl yshtghl shaghal shaghala kharban kharbana ma3 salama halukum halkum wasal wesal sayer
  3ala 3an 3ndi 3endi 3indi bukra bokra bukrah alyom elyom alhin alheen aktub aktib a3ref 3aref mako akoo shwaya shway ktheer katheer 7ad
  akallim akalem atkallam kalem tawasul isma ismi esmi mesa sayarat allah alhamdulillah hamdulillah
`);
const weakArabiziWords = words(
  'ana ant enta inta inti enti al el fi fe ma la wa w min ila ala kan law lw ya yaa o u an',
);
const englishWords = words(`
  the a is are was were be been am i i'm im my me you your we our they it this that there what when where who why how which
  can could would should do does did don not no yes please pls thanks thank hello hi hey good morning evening have has had
  need want to for from of on in at by with and or but if about help get got any update status new request open broken
  problem issue working work hours english speak talk person human agent ticket complaint number name student
  check is isnt doesnt dont didnt cant couldnt wont wasnt not opening open opens close closed show shows use using take give see say lost fix
  want wants wait waiting start started stop stopped thing good bad new old today tomorrow now here there employee staff university college room hall projector book reset password email phone call send sent still
`);

/** English words that everybody types: alone they do not tell in which language somebody wants to go on. */
const borrowedWords = words(
  'ok okay yes no it thanks please pls password email ticket status reset phone number stop open new',
);

const digitLetter = /[a-z][23567][a-z]|^[37][a-z]{2,}|[aeiou][37]$/;
const ordinalOrUnit = /^\d+(?:st|nd|rd|th|am|pm|d|g|x|k|m|gb|mb|kg|hrs?|mins?|days?|weeks?|years?)$/;
const writesArabicSounds = (word: string): boolean =>
  digitLetter.test(word) &&
  !ordinalOrUnit.test(word) &&
  !/^(?:b2b|h2o|p2p|mp3|co2|web2|web3|office365|m365)/.test(word);

const arabiziWeight = (word: string): number => {
  if (arabiziWords.has(word) || writesArabicSounds(word)) return 1;
  return weakArabiziWords.has(word) ? 0.4 : 0;
};

const looksArabizi = (latin: string[], english: number): boolean => {
  const weight = latin.reduce((sum, word) => sum + arabiziWeight(word), 0);
  return weight >= 1 && weight >= english;
};

/** Addresses are written in Latin letters in every language and say nothing about it. */
const withoutAddresses = (text: string): string =>
  text.replace(/(?<!\S)\S+@\S+|(?:https?:\/\/|www\.)\S+|(?<![\w-])[\w-]+\.(?:com|net|org|edu|sa|gov)\S*/gi, ' ');

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const scriptOf = (arabic: number, latin: number): Script => {
  if (arabic + latin === 0) return 'none';
  if (latin === 0) return 'arabic';
  return arabic === 0 ? 'latin' : 'mixed';
};

/** Letters that Persian, Urdu and others have and Arabic has not. */
const foreignLetters = /[ٹڈڑںےھہپچژگکی]/g;

const judgeArabic = (text: string, script: Script, arabic: number): DetectedLanguage => ({
  language: 'ar',
  script,
  arabizi: false,
  sure: arabic >= 2 && count(text, foreignLetters) * 6 <= arabic,
});

const judgeLatin = (latin: string[], script: Script): DetectedLanguage => {
  const english = latin.filter((word) => englishWords.has(word)).length;
  if (looksArabizi(latin, english)) return { language: 'ar', script, arabizi: true, sure: true };
  const borrowed = latin.length === 1 && borrowedWords.has(latin[0] ?? '');
  return { language: 'en', script, arabizi: false, sure: !borrowed && english > 0 && english * 6 >= latin.length };
};

/** Names and terms stand in the other script in both languages: in a mixed sentence only English's own words speak for it. */
const judgeMixed = (text: string, arabic: number, latin: string[]): DetectedLanguage => {
  const english = latin.filter((word) => englishWords.has(word)).length;
  const arabicWords = count(text, /\p{Script=Arabic}{2,}/gu);
  return english > arabicWords ? judgeLatin(latin, 'mixed') : judgeArabic(text, 'mixed', arabic);
};

/**
 * The language of a text, by script first; a mixed sentence is Arabic unless English words outnumber the Arabic ones.
 * Statistical detectors fail on texts this short and know no Arabizi.
 */
export const detectLanguage = (text: string): DetectedLanguage => {
  const plain = withoutAddresses(text);
  const arabic = count(plain, /(?=\p{L})\p{Script=Arabic}/gu);
  const latin = count(plain, /\p{Script=Latin}/gu);
  const script = scriptOf(arabic, latin);
  if (script === 'none') return { language: null, script, arabizi: false, sure: false };
  if (script === 'arabic') return judgeArabic(plain, script, arabic);
  const latinWords = fold(plain)
    .split(' ')
    .filter((word) => /[a-z]/.test(word));
  return script === 'mixed' ? judgeMixed(plain, arabic, latinWords) : judgeLatin(latinWords, script);
};
