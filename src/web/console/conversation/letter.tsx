import { Badge, Button } from '@mantine/core';
import { Bot, Download, Eye, Mail, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import type { Message } from '../api/shapes.ts';
import { useSaid } from '../said.ts';
import { Correspondent } from './correspondent.tsx';
import classes from './letter.module.css';
import { LetterLook } from './letter-look.tsx';

type Person = Message['to'][number];

const mostPeople = 3;
/** Beyond this a bubble shows the beginning only, until the whole is asked for. */
const mostSigns = 4_000;

function People({ label, people }: { label: string; people: readonly Person[] }) {
  const { t } = useTranslation();
  if (people.length === 0) return null;
  const more = people.length - mostPeople;
  return (
    <span className={classes.people}>
      <span className={classes.role}>{label}</span>
      {people.slice(0, mostPeople).map(({ address, name }) => (
        <Correspondent key={address} name={name} address={address} />
      ))}
      {more > 0 && <span>{t('letter.others', { count: more })}</span>}
    </span>
  );
}

function Head({ message, showsSubject }: { message: Message; showsSubject: boolean }) {
  const { t } = useTranslation();
  const { subject, from, to, cc } = message;
  return (
    <>
      {showsSubject && (
        <p className={classes.subject}>
          <Mail size={14} aria-label={t('letter.subject')} />
          <bdi className={classes.twoLines} title={subject ?? undefined}>
            {subject || t('letter.noSubject')}
          </bdi>
        </p>
      )}
      {(from || to.length > 0 || cc.length > 0) && (
        <p className={classes.addressed}>
          <People label={t('letter.from')} people={from ? [from] : []} />
          <People label={t('letter.to')} people={to} />
          <People label={t('letter.cc')} people={cc} />
        </p>
      )}
    </>
  );
}

function Notices({ message }: { message: Message }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { automated, automatedWhy, problem, settled } = message;
  return (
    <>
      {automated !== 'none' && (
        <p className={classes.automatic}>
          <Badge color="gray" variant="light" tt="none" leftSection={<Bot size={12} aria-hidden />}>
            {t(`letter.automated.${automated}`)}
          </Badge>
          {automatedWhy && <span dir="auto">{said(automatedWhy)}</span>}
        </p>
      )}
      {settled && <p className={classes.automatic}>{t('letter.settled')}</p>}
      {problem && (
        <p className={classes.problem}>
          <TriangleAlert size={15} aria-hidden />
          {t(`letter.problems.${problem}`)}
        </p>
      )}
    </>
  );
}

function Actions({ message, toggle }: { message: Message; toggle: ReactNode }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isLooking, setLooking] = useState(false);
  const mayHaveSource = message.hasSource && may('contacts.full');
  if (!toggle && !message.hasHtml && !mayHaveSource) return null;
  return (
    <span className={classes.actions}>
      {toggle}
      {message.hasHtml && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Eye size={13} aria-hidden />}
          onClick={() => setLooking(true)}
        >
          {t('letter.look')}
        </Button>
      )}
      {mayHaveSource && (
        <Button
          component="a"
          size="compact-xs"
          variant="subtle"
          leftSection={<Download size={13} aria-hidden />}
          href={`/api/v1/messages/${encodeURIComponent(message.id)}/source`}
          download
        >
          {t('letter.source')}
        </Button>
      )}
      <LetterLook message={message} isOpen={isLooking} onClose={() => setLooking(false)} />
    </span>
  );
}

/** What is shown of a letter before its whole is asked for: what is new, cut where it is very long. */
const shortOf = ({ newText, text }: Message): string => {
  const words = newText?.trim() || text.trim();
  return words.length > mostSigns ? `${words.slice(0, mostSigns)}…` : words;
};

/** A letter: its subject and people, what is new in it, and the ways to the whole, to how it looked and to its source. */
export function Letter({ message, showsSubject }: { message: Message; showsSubject: boolean }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const short = shortOf(message);
  const whole = message.text.trim();
  const words = isWhole ? whole : short;
  const toggle = short !== whole && (
    <Button size="compact-xs" variant="subtle" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
      {t(isWhole ? 'letter.onlyNew' : 'letter.whole')}
    </Button>
  );
  return (
    <div className={classes.letter}>
      <Head message={message} showsSubject={showsSubject} />
      <Notices message={message} />
      {words ? <p className={classes.words}>{words}</p> : <p className={classes.none}>{t('letter.noWords')}</p>}
      <Actions message={message} toggle={toggle} />
    </div>
  );
}
