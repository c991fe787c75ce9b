import { Button, Text } from '@mantine/core';
import { Eye } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Ltr } from '../../ui/ltr.tsx';
import { errorText } from '../api/error-text.ts';
import { useContact, useNames } from '../api/organisation.ts';
import { useMay } from '../api/session.ts';
import type { Contact, Conversation } from '../api/shapes.ts';
import { useTicketsByNumber } from '../api/tickets.ts';
import { useChannelName } from '../channels.tsx';
import { SamePeople } from '../people/same-people.tsx';
import { StartButton } from '../start/start-dialog.tsx';
import { Due } from '../tickets/due.tsx';
import { TicketStatus } from '../tickets/ticket-status.tsx';
import { useTimes } from '../time/format.ts';
import classes from './contact-card.module.css';
import { ContactReaching } from './contact-reaching.tsx';
import { RatingShown } from './rating-shown.tsx';
import { shownName } from './shown-name.ts';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className={classes.fact}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Reach({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const times = useTimes();
  const channelName = useChannelName();
  return (
    <dl className={classes.facts}>
      {contact.blockedAt && <Fact name={t('contact.blocked')}>{times.full(contact.blockedAt)}</Fact>}
      <Fact name={t('contact.phone')}>{contact.phone ? <Ltr>{contact.phone}</Ltr> : t('contact.noPhone')}</Fact>
      {contact.email && (
        <Fact name={t('contact.email')}>
          <bdi dir="ltr" className={classes.breaks}>
            {contact.email}
          </bdi>
        </Fact>
      )}
      {contact.addresses.map(({ channel, inboxId, address }) => (
        <Fact key={inboxId + address} name={channelName(channel)}>
          <bdi dir="ltr" className={classes.breaks}>
            {address}
          </bdi>
        </Fact>
      ))}
    </dl>
  );
}

function Reaching({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  // What comes masked is no look at personal data, so it needs no click.
  const [isWanted, setWanted] = useState(!may('contacts.full'));
  const { data, error, isFetching } = useContact(contactId, isWanted);
  if (data && isWanted) {
    return (
      <>
        <Reach contact={data} />
        <ContactReaching contact={data} />
      </>
    );
  }
  return (
    <div className={classes.reveal}>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<Eye size={15} aria-hidden />}
        loading={isFetching}
        onClick={() => setWanted(true)}
      >
        {t('contact.reveal')}
      </Button>
      <Text fz="xs" c={error ? 'red.9' : 'gray.6'}>
        {error ? errorText(t, error) : t('contact.revealHint')}
      </Text>
    </div>
  );
}

function Tickets({ numbers }: { numbers: readonly string[] }) {
  const { t } = useTranslation();
  const tickets = useTicketsByNumber(numbers);
  if (numbers.length === 0) return <p className={classes.none}>{t('contact.noTickets')}</p>;
  return (
    <ul className={classes.tickets}>
      {tickets.toReversed().map((ticket) => (
        <li key={ticket.number}>
          <Link to={`/tickets/${ticket.number}`} className={classes.ticket}>
            <span className={classes.line}>
              <Ltr>{ticket.number}</Ltr>
              <TicketStatus status={ticket.status} />
            </span>
            <span className={classes.subject} dir="auto">
              {ticket.subject}
            </span>
            <Due ticket={ticket} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What is known of the person, and their matters in this conversation. */
export function ContactCard({ conversation, isTitled }: { conversation: Conversation; isTitled: boolean }) {
  const { t } = useTranslation();
  const names = useNames();
  const times = useTimes();
  const may = useMay();
  const { contact, displayName, language, contactId, createdAt, ticketNumbers, rating } = conversation;
  const known = contact?.name ?? displayName;
  const name = known ? shownName(known) : null;
  const unknown = <span className={classes.unknown}>{t('contact.unknown')}</span>;
  return (
    <aside className={classes.card} aria-label={t('contact.title')}>
      {isTitled && <h2 className={classes.title}>{t('contact.title')}</h2>}
      <dl className={classes.facts}>
        <Fact name={t('contact.name')}>{name ? <bdi>{name}</bdi> : unknown}</Fact>
        <Fact name={t('contact.entity')}>{contact?.entity ? <bdi>{contact.entity}</bdi> : unknown}</Fact>
        <Fact name={t('contact.category')}>{names.category(contact?.category ?? null) ?? unknown}</Fact>
        <Fact name={t('contact.language')}>{language ? t(`contact.${language}`) : unknown}</Fact>
        <Fact name={t('contact.since')}>{times.full(createdAt)}</Fact>
        {rating?.score && (
          <Fact name={t('rating.title')}>
            <RatingShown rating={rating} withWords />
          </Fact>
        )}
      </dl>
      {may('contacts.read') && <Reaching key={contactId} contactId={contactId} />}
      {may('contacts.read') && <SamePeople key={`same ${contactId}`} contactId={contactId} name={name} />}
      <h2 className={classes.title}>{t('contact.tickets')}</h2>
      <Tickets numbers={ticketNumbers} />
      <div className={classes.start}>
        <StartButton contactId={contactId} size="compact-md" />
      </div>
    </aside>
  );
}
