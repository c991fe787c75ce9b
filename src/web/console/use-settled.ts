import { useEffect, useState } from 'react';

const settlesMs = 250;

/** A search box whose words are passed on when typing pauses. `known` is the truth: when it changes, the box follows. */
export function useSettledWords(known: string, pass: (words: string) => void): [string, (words: string) => void] {
  const [words, setWords] = useState(known);
  useEffect(() => setWords(known), [known]);
  useEffect(() => {
    if (words.trim() === known) return;
    const timer = setTimeout(() => pass(words.trim()), settlesMs);
    return () => clearTimeout(timer);
  }, [words, known, pass]);
  return [words, setWords];
}
