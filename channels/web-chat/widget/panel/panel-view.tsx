import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Composer } from './composer.tsx';
import { type PanelContext, PanelContextHolder, useChat, usePanel, useWords } from './context.ts';
import { Header } from './header.tsx';
import { Icon } from './icons.tsx';
import { Log } from './log.tsx';
import { PrivacyNotice } from './privacy-notice.tsx';
import { isPhone, useHostScrollLock, useVisibleArea } from './visible-area.ts';

/** The whole panel, provided with what its parts share. */
export function PanelView({ context, position }: { context: PanelContext; position: 'start' | 'end' }) {
  return (
    <PanelContextHolder.Provider value={context}>
      <Dialog position={position} />
    </PanelContextHolder.Provider>
  );
}

function ConnectionBanner() {
  const { connection } = useChat();
  const say = useWords();
  const text = connection === 'offline' ? say('offline') : connection === 'reconnecting' ? say('reconnecting') : '';
  return (
    <div role="status" class="connection">
      {text && (
        <p class="banner">
          <Icon name="offline" />
          {text}
        </p>
      )}
    </div>
  );
}

/** Files dropped anywhere on the panel go to the tray. */
function useFileDrop(): { isOver: boolean; handlers: Record<string, (event: DragEvent) => void> } {
  const { tray } = usePanel();
  const [depth, setDepth] = useState(0);
  const withFiles = (run: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    run(event);
  };
  return {
    isOver: depth > 0,
    handlers: {
      onDragEnter: withFiles(() => setDepth((now) => now + 1)),
      onDragOver: withFiles(() => undefined),
      onDragLeave: withFiles(() => setDepth((now) => Math.max(0, now - 1))),
      onDrop: withFiles((event) => {
        setDepth(0);
        tray.add([...(event.dataTransfer?.files ?? [])]);
      }),
    },
  };
}

function Dialog({ position }: { position: 'start' | 'end' }) {
  const { close } = usePanel();
  const { isOpen, config } = useChat();
  const say = useWords();
  const dialog = useRef<HTMLDivElement>(null);
  const [isPrivacyShown, setPrivacyShown] = useState(false);
  const drop = useFileDrop();
  useVisibleArea(dialog, isOpen);
  useHostScrollLock(isOpen);
  useLayoutEffect(() => {
    if (!isOpen) return;
    const field = isPhone() ? null : dialog.current?.querySelector('textarea');
    (field ?? dialog.current)?.focus();
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) setPrivacyShown(false);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    if (isPrivacyShown) setPrivacyShown(false);
    else close();
  };
  return (
    <div
      ref={dialog}
      class={`panel ${position}`}
      role="dialog"
      aria-label={say('panelLabel', { unit: config.unit })}
      aria-modal={isPhone() ? 'true' : undefined}
      tabIndex={-1}
      hidden={!isOpen}
      lang={config.language}
      dir={config.direction}
      onKeyDown={onKeyDown}
      {...drop.handlers}
    >
      <Header />
      <ConnectionBanner />
      {isPrivacyShown ? (
        <PrivacyNotice onBack={() => setPrivacyShown(false)} />
      ) : (
        <>
          <Log />
          <Composer onPrivacy={() => setPrivacyShown(true)} />
        </>
      )}
      {drop.isOver && (
        <div class="drop" aria-hidden="true">
          <Icon name="attach" />
          {say('dropHere')}
        </div>
      )}
    </div>
  );
}
