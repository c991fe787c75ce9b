import { useTranslation } from 'react-i18next';
import classes from './correspondent.module.css';
import { shownName } from './shown-name.ts';

/**
 * A person with their address, as in `Sara <sara@example.org>`, each kept apart so that neither turns the other or the
 * line around it: the name first in the order of the page, and from the left where page or name are written so.
 */
export function Correspondent({ name, address }: { name: string | null; address: string | null }) {
  const { i18n } = useTranslation();
  if (!address) return <bdi>{name && shownName(name)}</bdi>;
  if (!name || name === address) return <bdi dir="ltr">{address}</bdi>;
  return (
    <bdi dir={i18n.language === 'ar' ? 'auto' : 'ltr'}>
      <span className={classes.name}>{shownName(name)}</span> <bdi dir="ltr">&lt;{address}&gt;</bdi>
    </bdi>
  );
}
