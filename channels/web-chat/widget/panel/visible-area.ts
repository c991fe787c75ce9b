import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const phone = '(max-width: 599px)';

/** Whether the panel fills the screen, as its styles decide. */
export const isPhone = (): boolean => matchMedia(phone).matches;

/** Keeps a full-screen panel within what the keyboard leaves visible: iOS does not shrink the page for it. */
export function useVisibleArea(panel: RefObject<HTMLElement | null>, isOpen: boolean): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (!isOpen || !view) return;
    const keepWithin = (): void => {
      panel.current?.style.setProperty('--visible-height', `${view.height}px`);
      panel.current?.style.setProperty('--visible-top', `${view.offsetTop}px`);
    };
    keepWithin();
    view.addEventListener('resize', keepWithin);
    view.addEventListener('scroll', keepWithin);
    return () => {
      view.removeEventListener('resize', keepWithin);
      view.removeEventListener('scroll', keepWithin);
    };
  }, [isOpen, panel]);
}

/** Stops the page behind a full-screen panel from scrolling, and gives it back as it was. */
export function useHostScrollLock(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen || !isPhone()) return;
    const { style } = document.documentElement;
    const before = style.overflow;
    style.overflow = 'hidden';
    return () => {
      style.overflow = before;
    };
  }, [isOpen]);
}
