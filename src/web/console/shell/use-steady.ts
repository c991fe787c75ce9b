import { useEffect, useState } from 'react';

const settlesMs = 1_500;

/** A connection that is lost for a moment only, as at the start of a page, is not worth an alarm. */
export function useSteady(isOn: boolean): boolean {
  const [steady, setSteady] = useState(true);
  useEffect(() => {
    if (isOn) return setSteady(true);
    const timer = setTimeout(() => setSteady(false), settlesMs);
    return () => clearTimeout(timer);
  }, [isOn]);
  return steady;
}
