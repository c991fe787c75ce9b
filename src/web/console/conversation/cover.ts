import { createContext, useContext, useEffect } from 'react';

/** Told when a dialog opens over the details, and when it is gone: where they are a drawer it makes way meanwhile. */
export const CoverContext = createContext<(isCovered: boolean) => void>(() => undefined);

/** Says that a dialog of the details is open. */
export function useCover(isOpen: boolean): void {
  const cover = useContext(CoverContext);
  useEffect(() => {
    if (!isOpen) return;
    cover(true);
    return () => cover(false);
  }, [isOpen, cover]);
}
