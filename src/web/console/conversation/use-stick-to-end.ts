import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearPx = 80;

/**
 * Keeps a list at its end while new things come, unless somebody has scrolled up. `mark` changes with what stands last.
 * `keepPlace` says that something will be put in front: what is read then stays where it is.
 */
export function useStickToEnd(mark: string): {
  scroller: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  toEnd: () => void;
  keepPlace: () => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const wanted = useRef(true);
  const fromEnd = useRef<number | null>(null);
  const lastTop = useRef(0);
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    wanted.current = true;
    setAtEnd(true);
  }, []);
  useLayoutEffect(() => {
    if (mark && wanted.current) toEnd();
  }, [mark, toEnd]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // Only a move upwards is somebody's wish to read there: what grows below also leaves the end, without anybody's wish.
    const onScroll = (): void => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      if (isNear) wanted.current = true;
      else if (element.scrollTop < lastTop.current) wanted.current = false;
      lastTop.current = element.scrollTop;
      setAtEnd(isNear || wanted.current);
    };
    // Notes that open, pictures that load and a box that grows change heights without any new message.
    const onResize = new ResizeObserver(() => {
      if (fromEnd.current !== null) return;
      if (wanted.current) element.scrollTop = element.scrollHeight;
    });
    const onChange = new MutationObserver(() => {
      for (const child of element.children) onResize.observe(child);
      if (fromEnd.current === null) return;
      element.scrollTop = element.scrollHeight - fromEnd.current;
      fromEnd.current = null;
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    onChange.observe(element, { childList: true });
    onResize.observe(element);
    for (const child of element.children) onResize.observe(child);
    return () => {
      element.removeEventListener('scroll', onScroll);
      onChange.disconnect();
      onResize.disconnect();
    };
  });
  const keepPlace = useCallback(() => {
    const element = scroller.current;
    if (element) fromEnd.current = element.scrollHeight - element.scrollTop;
  }, []);
  return { scroller, isAtEnd, toEnd, keepPlace };
}
