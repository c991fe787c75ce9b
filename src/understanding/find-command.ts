import type { Language } from '../language/language.ts';
import { compilePhrases } from '../language/phrases.ts';
import type { commandNames, UnderstandingFiles } from './files.ts';

/** What a person tells the assistant to do; a language is the one to go on in. */
export type Command =
  | 'status'
  | 'agent'
  | 'stop'
  | 'new-request'
  | 'escalate'
  | 'object'
  | 'assistant'
  | { language: Language };

type CommandName = (typeof commandNames)[number];

const commandOf = (name: CommandName): Command => {
  if (name === 'language-ar') return { language: 'ar' };
  return name === 'language-en' ? { language: 'en' } : name;
};

/** With a ticket number beside it a phrase counts anywhere in a message of at most this many words. */
const mostWordsAround = 14;

/** The word by which a right is claimed counts by itself where the message begins with it. */
const claims = /^(?:ال)?(?:اعتراض|اعترض|نعترض|معترض|تظلم|اتظلم|تصعيد|صعد|objection|escalat)/;

/**
 * Finds a command in a message: its words, with greetings, politeness and introductions left out in growing measure
 * (`readings`), must be one phrase from first to last.
 */
export const createCommandFinder = ({ lists, commands, aroundNumber }: UnderstandingFiles['commands']) => {
  const phrases = compilePhrases(commands, { lists });
  const around = compilePhrases({ around: aroundNumber });
  const whole = (words: readonly string[]): Command | null => {
    const name = phrases.whole(words);
    return name === null ? null : commandOf(name as CommandName);
  };

  const besideNumber = (words: readonly string[]): Command | null => {
    if (words.length === 0 || around.whole(words) !== null) return 'status';
    const isLong = words.length > mostWordsAround;
    const found = phrases.find(words).filter(({ start, end }) => {
      const isClaim = start === 0 && claims.test(words[0] ?? '');
      return isClaim || (!isLong && end - start > 1);
    });
    const names = new Set(found.map((match) => match.label));
    if (names.has('escalate')) return 'escalate';
    if (names.has('object')) return 'object';
    return names.has('status') ? 'status' : null;
  };

  return (readings: readonly (readonly string[])[], hasNumber: boolean): Command | null => {
    const shorn = hasNumber ? readings.map((words) => words.filter((word) => !/^\d+$/.test(word))) : readings;
    for (const words of shorn) {
      const command = words.length > 0 ? whole(words) : null;
      if (command !== null) return command;
    }
    return hasNumber ? besideNumber(shorn.at(-1) ?? []) : null;
  };
};
