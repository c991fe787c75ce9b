import { type Word, wordsOf } from './fold.ts';
import { byFirst, longestOf } from './openers.ts';

/** What people write around their details that is neither a detail nor a matter. */
const courtesies = byFirst(
  `السلام عليكم ورحمة الله وبركاته, السلام عليكم ورحمة الله, السلام عليكم, سلام عليكم, وعليكم السلام, وعليكم السلام ورحمة الله وبركاته, والسلام عليكم, والسلام, صباح الخير, مساء الخير, مرحبا, مرحبا بكم, أهلا, أهلا وسهلا, أهلا بكم, تحية طيبة, تحية طيبة وبعد, وبعد, أما بعد,
  سعادة المدير, الإخوة الكرام, الأخوة الكرام, الفاضل, الفاضلة, حفظكم الله, سلمكم الله, بارك الله فيكم, جزاكم الله خيرا, وفقكم الله, الله يعطيكم العافية, يعطيكم العافية, الله يحفظكم,
  هذه بياناتي, هذه هي بياناتي, هذي بياناتي, بياناتي, بياناتي هي, بياناتي كالتالي, بياناتي كما يلي, البيانات المطلوبة, البيانات, البيانات كالتالي, المعلومات المطلوبة, إليكم بياناتي, إليكم البيانات, إليكم البيانات المطلوبة, إليكم المعلومات المطلوبة, إليكم المعلومات, إليكم التفاصيل, اليك بياناتي, معلوماتي, كما طلبتم, حسب طلبكم, بناء على طلبكم, كما يلي, كالتالي, كالآتي, وهي, فيما يلي, أدناه, مرفق لكم,
  هذا اسمي, وهذه بياناتي, تجدون بياناتي, تجدون أدناه بياناتي, أدناه بياناتي, المطلوب, ردا على رسالتكم, ردا على طلبكم, بخصوص البيانات المطلوبة, نعم, تفضلوا, تفضل, طيب, حاضر,
  شكرا, شكرا لكم, شكرا جزيلا, شكرا جزيلا لكم, وشكرا, وشكرا لكم, شكرا على تعاونكم, شكرا لتعاونكم, شكرا لتواصلكم, شكرا على ردكم, شكرا لردكم, شكرا على سرعة الرد, شكرا لاهتمامكم, ولكم جزيل الشكر, لكم جزيل الشكر, ولكم الشكر, لكم الشكر, جزيل الشكر, مع الشكر, مع الشكر والتقدير, مع خالص الشكر, مشكورين, مع التحية, مع تحياتي, مع خالص التحية, تحياتي, تحياتي لكم, وتقبلوا تحياتي, تقبلوا تحياتي, وتقبلوا فائق التحية, وتقبلوا فائق الاحترام, وتقبلوا خالص التحية, مع فائق الاحترام, مع فائق الاحترام والتقدير, والتقدير, أطيب التحيات, مع أطيب التحيات, دمتم بخير, ودمتم, بانتظار ردكم, في انتظار ردكم, وبانتظار ردكم, أرجو المتابعة, آمل المتابعة`,
  `hi, hello, hey, dear sir, dear madam, dear sir or madam, dear team, dear all, dear sirs, hi there, hello there, hi team, hello team, good morning, good afternoon, good evening, greetings, to whom it may concern,
  here are my details, here are the details, here is my information, here is the information, here you go, here are the requested details, here is what you asked for, my details, my details are, my details are as follows, my details are below, my information, the details, details, details below, as requested, as you requested, as you asked, as follows, below are my details, please find my details below, please find below my details, please find my details, please find below, find below my details, the requested information, requested information, the information you asked for, the information you requested, in reply to your email, in response to your email, sure, yes, of course, ok, okay,
  thanks, thank you, thank you very much, thank you so much, thanks a lot, many thanks, thanks again, thank you again, thanks in advance, thank you in advance, thanks for your help, thank you for your help, thank you for your reply, thanks for your reply, thanks for the reply, thank you for the reply, thanks for the quick reply, thank you for your quick reply, thank you for getting back to me, thank you for your email, regards, best regards, kind regards, with regards, best, best wishes, warm regards, sincerely, yours sincerely, cheers, looking forward to your reply, waiting for your reply, please`,
);

const afterFirst = (words: readonly Word[], from: number): number => {
  let at = from;
  for (let length = longestOf(courtesies, words, at); length > 0; length = longestOf(courtesies, words, at))
    at += length;
  return at;
};

/** The text without the courtesies with which it begins and ends; empty where it is nothing else. */
export const withoutCourtesies = (text: string): string => {
  const words = wordsOf(text);
  const from = afterFirst(words, 0);
  if (from >= words.length) return '';
  let to = words.length;
  for (let at = Math.max(from, words.length - 12); at < words.length; at += 1)
    if (afterFirst(words, at) === words.length) {
      to = at;
      break;
    }
  if (from === 0 && to === words.length) return text.trim();
  const start = from === 0 ? 0 : (words[from]?.start ?? 0);
  const end = to === words.length ? text.length : (words[to - 1]?.end ?? text.length);
  return text.slice(start, end).replace(/^[\s,،;؛:.!–—-]+|[\s,،;؛:–—-]+$/g, '');
};
