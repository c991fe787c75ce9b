import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Bubble } from './bubble.tsx';
import { useChat, useWords } from './context.ts';
import { Icon } from './icons.tsx';
import { type Entry, entriesOf, liveReplies } from './thread.ts';
import { dayOf, isSameDay } from './words.ts';

const nearEndPixels = 120;
const settleMs = 800;
const groupMs = 180_000;

const isGrouped = (entry: Entry, other: Entry | undefined): boolean =>
  other !== undefined &&
  other.message.author === entry.message.author &&
  isSameDay(other.message.at, entry.message.at) &&
  Math.abs(Date.parse(other.message.at) - Date.parse(entry.message.at)) < groupMs;

/** Keeps the newest line in view while the reader is near it; otherwise offers the way there. */
function useStickToEnd(version: unknown, ownCount: number, isOpen: boolean) {
  const log = useRef<HTMLDivElement>(null);
  const isNearEnd = useRef(true);
  const [isAway, setAway] = useState(false);
  const toEnd = (): void => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
    isNearEnd.current = true;
    setAway(false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the visitor's own line, and opening, always go to the end
  useLayoutEffect(toEnd, [ownCount, isOpen]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs whenever what is shown has changed
  useLayoutEffect(() => {
    if (isNearEnd.current) toEnd();
    else setAway(true);
  }, [version]);
  useEffect(() => {
    const element = log.current;
    if (!element || !('ResizeObserver' in window)) return;
    const observer = new ResizeObserver(() => isNearEnd.current && toEnd());
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  });
  const onScroll = (): void => {
    const element = log.current;
    if (!element) return;
    isNearEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPixels;
    if (isNearEnd.current) setAway(false);
  };
  return { log, isAway, toEnd, onScroll };
}

/** False until the history has come in, so that a screen reader does not read all of it aloud. */
function useIsLive(isReady: boolean): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    if (!isReady) return;
    const timer = setTimeout(() => setLive(true), settleMs);
    return () => clearTimeout(timer);
  }, [isReady]);
  return isLive;
}

/** The exchange, oldest first. */
export function Log() {
  const { thread, config, isTyping, isReady, isOpen } = useChat();
  const say = useWords();
  const entries = entriesOf(thread);
  const own = entries.filter((entry) => entry.progress).length;
  const { log, isAway, toEnd, onScroll } = useStickToEnd(`${entries.length} ${isTyping}`, own, isOpen);
  const isLive = useIsLive(isReady);
  const live = liveReplies(entries);
  return (
    <div class="log-frame">
      <div
        ref={log}
        class="log"
        role="log"
        aria-live={isLive ? 'polite' : 'off'}
        aria-label={say('logLabel')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        onScroll={onScroll}
      >
        <div class="lines">
          {entries.length === 0 && <Welcome />}
          {entries.map((entry, index) => (
            <Fragment key={entry.key}>
              {(index === 0 || !isSameDay(entries[index - 1]?.message.at ?? '', entry.message.at)) && (
                <p class="day">{dayOf(entry.message.at, new Date(), config.language, config.texts)}</p>
              )}
              <Bubble
                entry={entry}
                isFirst={!isGrouped(entry, entries[index - 1])}
                isLast={!isGrouped(entry, entries[index + 1])}
                isLive={entry.key === live}
              />
            </Fragment>
          ))}
          {isTyping && <TypingLine />}
        </div>
      </div>
      {isAway && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" />
          {say('newMessages')}
        </button>
      )}
    </div>
  );
}

/** What stands there before anything has been said. */
function Welcome() {
  const { config, isReady, connection } = useChat();
  const say = useWords();
  return (
    <div class="welcome">
      <span class="face large">
        <Icon name="assistant" />
      </span>
      <p class="welcome-title">{say('welcomeTitle')}</p>
      <p>{say('welcomeText')}</p>
      {config.hours.text && <p class="welcome-hours">{say('welcomeHours', { hours: config.hours.text })}</p>}
      {!isReady && connection === 'connecting' && <p class="welcome-hours">{say('connecting')}</p>}
    </div>
  );
}

function TypingLine() {
  const say = useWords();
  return (
    <div class="line theirs first last">
      <div class="bubble typing">
        <span class="hidden-text">{say('typing')}</span>
        <span class="typing-dot" />
        <span class="typing-dot" />
        <span class="typing-dot" />
      </div>
    </div>
  );
}
