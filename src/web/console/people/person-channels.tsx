import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/shapes.ts';
import { ChannelIcon, useChannelName } from '../channels.tsx';
import classes from './people.module.css';

/** Over which channels a person wrote. */
export function PersonChannels({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const channels = [...new Set(contact.addresses.map(({ channel }) => channel))];
  if (channels.length === 0) return null;
  return (
    <ul className={classes.channels} aria-label={t('people.channels')}>
      {channels.map((channel) => (
        <li key={channel}>
          <ChannelIcon channel={channel} /> {channelName(channel)}
        </li>
      ))}
    </ul>
  );
}
