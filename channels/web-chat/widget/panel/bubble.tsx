import type { ChatMessage, QuickReply } from '../protocol.ts';
import { AttachmentView } from './attachment-view.tsx';
import { useChat, usePanel, useWords } from './context.ts';
import { Icon, type IconName } from './icons.tsx';
import { MessageText } from './message-text.tsx';
import type { Entry, Progress } from './thread.ts';
import { timeOf } from './words.ts';

const authorKeys: Record<ChatMessage['author'], string> = {
  contact: 'authorYou',
  assistant: 'authorAssistant',
  agent: 'authorAgent',
  system: 'authorSystem',
};

const progressIcons: Record<Progress, IconName> = {
  sending: 'clock',
  sent: 'check',
  delivered: 'checks',
  read: 'checks',
  failed: 'warning',
};

interface BubbleProps {
  entry: Entry;
  isFirst: boolean;
  isLast: boolean;
  /** Whether its quick replies may still be used. */
  isLive: boolean;
}

/** One message with its author, files, quick replies, time and progress. */
export function Bubble({ entry, isFirst, isLast, isLive }: BubbleProps) {
  const say = useWords();
  const { message } = entry;
  const isOwn = message.direction === 'inbound';
  const classes = [
    'line',
    isOwn ? 'own' : 'theirs',
    message.author,
    isFirst && 'first',
    isLast && 'last',
    entry.progress === 'failed' && 'failed',
  ];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      {isFirst && <Author author={message.author} name={say(authorKeys[message.author])} />}
      {(message.text || message.html) && (
        <div class="bubble">
          <MessageText message={message} />
        </div>
      )}
      {message.attachments.map((attachment) => (
        <AttachmentView key={attachment.id} attachment={attachment} />
      ))}
      {message.quickReplies.length > 0 && isLive && <QuickReplies replies={message.quickReplies} />}
      {entry.progress === 'failed' ? (
        <Failure entry={entry} />
      ) : (
        (isLast || entry.progress === 'sending') && <Foot entry={entry} />
      )}
    </div>
  );
}

function Author({ author, name }: { author: ChatMessage['author']; name: string }) {
  if (author === 'contact') return <span class="hidden-text">{name}</span>;
  return (
    <p class="author">
      {author !== 'system' && (
        <span class={`face ${author}`}>
          <Icon name={author === 'agent' ? 'person' : 'assistant'} />
        </span>
      )}
      {name}
    </p>
  );
}

function Foot({ entry }: { entry: Entry }) {
  const say = useWords();
  const { config } = useChat();
  return (
    <p class="foot">
      <time dateTime={entry.message.at}>{timeOf(entry.message.at, config.language)}</time>
      {entry.progress && (
        <span class={`progress ${entry.progress}`} data-progress={entry.progress}>
          <Icon name={progressIcons[entry.progress]} />
          <span class={entry.progress === 'sending' ? '' : 'hidden-text'}>{say(entry.progress)}</span>
        </span>
      )}
    </p>
  );
}

function Failure({ entry }: { entry: Entry }) {
  const { chat } = usePanel();
  const say = useWords();
  return (
    <div class="failure" role="alert">
      <p class="reason">
        <Icon name="warning" />
        {entry.reason || say('failed')}
      </p>
      <button type="button" class="small-button" onClick={() => chat.sendAgain(entry.key)}>
        {say('retry')}
      </button>
      <button type="button" class="small-button plain" onClick={() => chat.drop(entry.key)}>
        {say('discard')}
      </button>
    </div>
  );
}

function QuickReplies({ replies }: { replies: readonly QuickReply[] }) {
  const { chat } = usePanel();
  const say = useWords();
  return (
    <fieldset class="replies">
      <legend class="hidden-text">{say('quickReplies')}</legend>
      {replies.map(({ id, title }) => (
        <button key={id} type="button" class="reply" onClick={() => chat.send({ text: title, quickReplyId: id })}>
          <bdi>{title}</bdi>
        </button>
      ))}
    </fieldset>
  );
}
