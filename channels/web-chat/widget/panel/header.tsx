import type { HandledBy } from '../protocol.ts';
import { useChat, usePanel, useWords } from './context.ts';
import { Icon } from './icons.tsx';

const statusKeys: Record<HandledBy, string> = {
  assistant: 'statusAssistant',
  agent: 'statusAgent',
  nobody: 'statusWaiting',
};

/** Who is there, in which hours, and the way to a person. */
export function Header() {
  return (
    <div class="header">
      <TitleBar />
      <StatusBar />
    </div>
  );
}

function TitleBar() {
  const { close, setLanguage } = usePanel();
  const { config } = useChat();
  const say = useWords();
  const other = config.language === 'ar' ? 'en' : 'ar';
  return (
    <div class="title-bar">
      <div class="titles">
        <h2 class="unit">{config.unit || config.name}</h2>
        {config.unit && <p class="organisation">{config.name}</p>}
      </div>
      <button type="button" class="bar-button" lang={other} onClick={() => setLanguage(other)}>
        {say('otherLanguage')}
      </button>
      <button type="button" class="bar-button square" aria-label={say('close')} onClick={close}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function StatusBar() {
  const { chat } = usePanel();
  const { config, handledBy } = useChat();
  const say = useWords();
  return (
    <div class="status-bar">
      <p class="status" role="status">
        <span class={`dot ${handledBy}`} />
        <span class="status-words">
          {say(statusKeys[handledBy])}
          <span class="hours">{say(config.hours.open ? 'hoursOpen' : 'hoursClosed')}</span>
        </span>
      </p>
      {handledBy === 'assistant' && (
        <button
          type="button"
          class="pill"
          onClick={() => chat.send({ text: say('talkToPerson'), quickReplyId: 'agent' })}
        >
          <Icon name="person" />
          {say('talkToPerson')}
        </button>
      )}
    </div>
  );
}
