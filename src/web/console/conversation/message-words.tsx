import { Forward, LayoutTemplate, Lock, PenLine, Smartphone, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr.tsx';
import type { Message } from '../api/shapes.ts';
import { useTimes } from '../time/format.ts';
import { Letter } from './letter.tsx';
import classes from './message.module.css';
import kinds from './message-kinds.module.css';
import { furtherFields } from './post-facts.ts';
import { AutomaticMark, PostMarks, QuotedPosts } from './public-marks.tsx';
import { Quoted } from './quoted.tsx';
import type { About } from './relations.ts';
import { FilledFields, SentCards, SentFields, SentPlace } from './sent-things.tsx';

const Words = ({ text }: { text: string }) => (
  <p className={classes.words} dir="auto">
    {text}
  </p>
);

const Mark = ({ children }: { children: ReactNode }) => <p className={kinds.mark}>{children}</p>;

/** How else a thing can be come by: other media than WhatsApp have no phone of the organisation to look at. */
function wayToRead(detail: string | null) {
  if (detail === 'encrypted' || detail === 'empty') return 'lines.openInApp';
  return detail === 'mms' ? 'lines.askOtherwise' : 'lines.openOnPhone';
}

/** A thing that the provider does not hand on, or that is not known here. */
function Unsupported({ message: { detail, text, fields } }: { message: Message }) {
  const { t, i18n } = useTranslation();
  const known = detail !== null && i18n.exists(`unsupported.${detail}`);
  return (
    <>
      <p className={classes.kind} title={detail ?? undefined}>
        {known ? t(`unsupported.${detail as 'poll'}`) : t('kinds.unsupported')}
      </p>
      {text && <Words text={text} />}
      {fields.length > 0 && <FilledFields fields={fields} />}
      <Mark>
        <Smartphone size={13} aria-hidden /> {t(wayToRead(detail))}
      </Mark>
    </>
  );
}

/** What was sent, by its kind; null where files say it all. */
function Content({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { kind, text, location, cards, attachments } = message;
  const fields = furtherFields(message);
  if (kind === 'unsupported') return <Unsupported message={message} />;
  const thing = (
    <>
      {location && <SentPlace place={location} />}
      {cards.length > 0 && <SentCards cards={cards} />}
      {fields.length > 0 && <SentFields message={{ ...message, fields }} />}
    </>
  );
  // what was filled in says more than the words that go with it
  if (text && !(kind === 'form' && fields.length > 0)) return [thing, <Words key="words" text={text} />];
  if (location || cards.length > 0 || fields.length > 0) return thing;
  if (attachments.length > 0 || kind === 'text') return null;
  return <p className={classes.kind}>{t(`kinds.${kind}`)}</p>;
}

/** What became of the words after they were sent. */
function Afterwards({ message, edit }: { message: Message; edit: Message | null }) {
  const { t } = useTranslation();
  const times = useTimes();
  const { editedAt, deletedAt } = message;
  return (
    <>
      {(editedAt || edit) && (
        <div className={kinds.changed}>
          <Mark>
            <PenLine size={13} aria-hidden />
            {t(edit?.text ? 'lines.changedTo' : 'lines.wasEdited', {
              time: times.clock(edit?.sentAt ?? editedAt ?? ''),
            })}
          </Mark>
          {edit?.text && <Words text={edit.text} />}
        </div>
      )}
      {deletedAt && (
        <Mark>
          <Trash2 size={13} aria-hidden /> {t('lines.wasDeleted', { time: times.clock(deletedAt) })}
        </Mark>
      )}
    </>
  );
}

/** What a message says: its words or what it is, what it answers, and what became of it. */
export function MessageWords(props: { message: Message; about: About | undefined; showsSubject: boolean }) {
  const { t } = useTranslation();
  const { message, about } = props;
  const { hidden, subject, forwarded, refersTo, approved } = message;
  if (hidden) {
    return (
      <p className={classes.kind}>
        <Lock size={13} aria-hidden /> {t('conversation.hidden')}
      </p>
    );
  }
  if (subject !== null) return <Letter message={message} showsSubject={props.showsSubject} />;
  return (
    <>
      {forwarded && (
        <Mark>
          <Forward size={13} className="turns-with-text" aria-hidden /> {t('lines.forwarded')}
        </Mark>
      )}
      {refersTo !== null && <Quoted earlier={about?.earlier ?? null} />}
      <QuotedPosts message={message} />
      <div className={kinds.content} data-deleted={message.deletedAt ? true : undefined}>
        <Content message={message} />
      </div>
      {approved && (
        <Mark>
          <LayoutTemplate size={13} aria-hidden /> {t('lines.approved')} <Ltr>{approved.name}</Ltr>
        </Mark>
      )}
      <AutomaticMark message={message} />
      <Afterwards message={message} edit={about?.edit ?? null} />
      <PostMarks message={message} />
    </>
  );
}
