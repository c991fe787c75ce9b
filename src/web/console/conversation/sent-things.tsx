import { ExternalLink, MapPin, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/shapes.ts';
import classes from './message-kinds.module.css';

type Place = NonNullable<Message['location']>;

/** A page with a map on it. A link and no picture, so that nobody outside hears of the place before it is wanted. */
export const mapOf = ({ latitude, longitude }: Place): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;

/** A place that somebody sent. */
export function SentPlace({ place }: { place: Place }) {
  const { t } = useTranslation();
  const { name, address, latitude, longitude } = place;
  return (
    <div className={classes.thing}>
      <MapPin size={18} aria-hidden />
      <div className={classes.about}>
        <strong dir="auto">{name || t('kinds.location')}</strong>
        {address && <span dir="auto">{address}</span>}
        <bdi dir="ltr" className={classes.small}>
          {latitude.toFixed(5)}, {longitude.toFixed(5)}
        </bdi>
        <a className={classes.link} href={mapOf(place)} target="_blank" rel="noreferrer noopener">
          {t('lines.openMap')} <ExternalLink size={12} aria-hidden />
        </a>
      </div>
    </div>
  );
}

/** People whose cards somebody sent. */
export function SentCards({ cards }: { cards: Message['cards'] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.things} aria-label={t('kinds.contact-card')}>
      {cards.map(({ name, phones, emails }) => (
        <li key={[name, ...phones, ...emails].join()} className={classes.thing}>
          <UserRound size={18} aria-hidden />
          <div className={classes.about}>
            <strong dir="auto">{name || t('contact.unknown')}</strong>
            {[...phones, ...emails].map((one) => (
              <bdi key={one} dir="ltr" className={classes.number}>
                {one}
              </bdi>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Names and values, line by line. Of names that channels make themselves the page's language is known. */
export function FilledFields({ fields }: { fields: Message['fields'] }) {
  const { t, i18n } = useTranslation();
  const nameOf = (name: string): string =>
    i18n.exists(`orders.${name}`) ? t(`orders.${name as 'order'}`) : name.replaceAll('_', ' ');
  return (
    <dl className={classes.filled}>
      {fields.map(({ name, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be the same, and they never move
        <div key={place}>
          <dt>
            <bdi>{nameOf(name)}</bdi>
          </dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What was filled in, ordered or voted for. */
export function SentFields({ message: { kind, fields, detail } }: { message: Message }) {
  const { t } = useTranslation();
  const filledIn = detail === 'poll-vote' ? 'lines.voted' : 'kinds.form';
  const title = kind === 'order' ? 'kinds.order' : kind === 'form' ? filledIn : null;
  return (
    <div className={classes.about}>
      {title && <strong>{t(title)}</strong>}
      <FilledFields fields={fields} />
    </div>
  );
}
