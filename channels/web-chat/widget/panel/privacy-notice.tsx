import { useLayoutEffect, useRef } from 'preact/hooks';
import { useChat, useWords } from './context.ts';
import { Icon } from './icons.tsx';

/** The organisation's privacy notice, in place of the conversation until the visitor goes back. */
export function PrivacyNotice({ onBack }: { onBack: () => void }) {
  const { config } = useChat();
  const say = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <section class="privacy" aria-labelledby="wasl-privacy-title">
      <h3 ref={title} id="wasl-privacy-title" tabIndex={-1}>
        <Icon name="shield" />
        {say('privacyTitle')}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div class="privacy-words" dir="auto" tabIndex={0}>
        {config.privacy.notice
          .split(/\n{2,}/)
          .map((paragraph) => paragraph.trim())
          .filter(Boolean)
          .map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        <p class="privacy-version">{say('privacyVersion', { version: config.privacy.version })}</p>
      </div>
      <button type="button" class="reply wide" onClick={onBack}>
        {say('privacyBack')}
      </button>
    </section>
  );
}
