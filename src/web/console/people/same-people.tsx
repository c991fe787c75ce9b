import { Button } from '@mantine/core';
import { UserRoundSearch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSame } from '../api/people.ts';
import { useMay } from '../api/session.ts';
import type { Candidate } from '../api/shapes.ts';
import { shownName } from '../conversation/shown-name.ts';
import { JoinDialog } from './join-dialog.tsx';
import { Joinings } from './joinings.tsx';
import classes from './people.module.css';
import { PersonChannels } from './person-channels.tsx';

function OneCandidate({ candidate, onLook }: { candidate: Candidate; onLook: () => void }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const { contact, why } = candidate;
  const list = new Intl.ListFormat(i18n.language === 'en' ? 'en' : 'ar', { type: 'conjunction' });
  return (
    <li className={classes.person}>
      <strong dir="auto">{contact.name ? shownName(contact.name) : t('conversations.visitor')}</strong>
      <span className={classes.why}>
        {t('people.because', { reasons: list.format(why.map((one) => t(`people.why.${one}`))) })}
      </span>
      <PersonChannels contact={contact} />
      {may('contacts.change') && (
        <Button size="compact-sm" variant="light" onClick={onLook}>
          {t('people.compare')}
        </Button>
      )}
    </li>
  );
}

/** Who may be the same person as the one of the card, to be joined on proof; and whom it was joined with. */
export function SamePeople({ contactId, name }: { contactId: string; name: string | null }) {
  const { t } = useTranslation();
  const { data: candidates = [] } = useSame(contactId);
  const [chosen, setChosen] = useState<Candidate | null>(null);
  return (
    <>
      {candidates.length > 0 && (
        <section className={classes.proposed} aria-labelledby="same-people">
          <h2 id="same-people" className={classes.title}>
            <UserRoundSearch size={15} aria-hidden /> {t('people.maybe')}
          </h2>
          <ul className={classes.people}>
            {candidates.map((one) => (
              <OneCandidate key={one.contact.id} candidate={one} onLook={() => setChosen(one)} />
            ))}
          </ul>
        </section>
      )}
      <Joinings contactId={contactId} />
      <JoinDialog contactId={contactId} name={name} candidate={chosen} onClose={() => setChosen(null)} />
    </>
  );
}
