import { useCallback, useEffect, useRef } from 'react';
import { useLive } from '../live/live.tsx';

/** A sign of writing is renewed at most this often, and taken back after this pause. */
const renewMs = 3_000;
const pauseMs = 5_000;

/** Gives a function that is told at each key whether the agent writes; the person outside hears of it in good measure. */
export function useTellTyping(conversationId: string): (on: boolean) => void {
  const { say } = useLive();
  const saying = useRef(say);
  saying.current = say;
  const saidAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useCallback(
    (on: boolean): void => {
      clearTimeout(timer.current);
      if (!on) {
        if (saidAt.current > 0) saying.current(conversationId, false);
        saidAt.current = 0;
        return;
      }
      if (Date.now() - saidAt.current > renewMs) {
        saying.current(conversationId, true);
        saidAt.current = Date.now();
      }
      timer.current = setTimeout(() => tell(false), pauseMs);
    },
    [conversationId],
  );
  useEffect(() => () => tell(false), [tell]);
  return tell;
}
