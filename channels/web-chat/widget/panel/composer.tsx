import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useChat, usePanel, useStateOf, useWords } from './context.ts';
import { FileTrayView } from './file-tray-view.tsx';
import { Icon } from './icons.tsx';

const tallestPixels = 132;
const tellLeftBelow = 200;

function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, tallestPixels)}px`;
  }, [field, text]);
}

/** Where the visitor writes, with the files that go along and the privacy line of the first use. */
export function Composer({ onPrivacy }: { onPrivacy: () => void }) {
  const { chat, tray } = usePanel();
  const { config, notice, isPrivacyAccepted } = useChat();
  const { files } = useStateOf(tray.state);
  const say = useWords();
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowing(field, text);

  const left = config.maxLength - text.length;
  const isLoading = files.some((one) => one.state === 'uploading');
  const canSend = left >= 0 && !isLoading && (text.trim() !== '' || files.some((one) => one.state === 'ready'));
  const send = (): void => {
    if (!canSend) return;
    chat.send({ text: text.trim(), attachments: tray.take() });
    setText('');
    field.current?.focus();
  };
  const write = (value: string): void => {
    setText(value);
    chat.isWriting(value.trim() !== '');
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {!isPrivacyAccepted && <PrivacyLine onPrivacy={onPrivacy} />}
      <p class="notice-line" role="status">
        {notice}
      </p>
      <FileTrayView />
      {left < tellLeftBelow && (
        <p class={left < 0 ? 'left over' : 'left'} role="status">
          {say(left < 0 ? 'charactersOver' : 'charactersLeft', { count: Math.abs(left) })}
        </p>
      )}
      <div class="write">
        <AttachButton />
        <textarea
          ref={field}
          class="field"
          dir="auto"
          rows={1}
          value={text}
          placeholder={say('placeholder')}
          aria-label={say('inputLabel')}
          aria-invalid={left < 0}
          enterkeyhint="send"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (pasted.length === 0) return;
            event.preventDefault();
            tray.add(pasted);
          }}
        />
        <button type="submit" class="send" aria-label={say('send')} aria-disabled={!canSend}>
          <Icon name="send" flips />
        </button>
      </div>
    </form>
  );
}

function PrivacyLine({ onPrivacy }: { onPrivacy: () => void }) {
  const say = useWords();
  return (
    <p class="privacy-line">
      {say('privacyLine')}{' '}
      <button type="button" class="text-button" onClick={onPrivacy}>
        {say('privacyLink')}
      </button>
    </p>
  );
}

function AttachButton() {
  const { tray } = usePanel();
  const { config, isReady } = useChat();
  const say = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        class="file-input"
        type="file"
        multiple
        hidden
        accept={config.files.accept.join(',')}
        onChange={(event) => {
          tray.add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <button
        type="button"
        class="attach"
        aria-label={say('attach')}
        disabled={!isReady}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
    </>
  );
}
