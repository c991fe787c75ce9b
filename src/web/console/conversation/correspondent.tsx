import classes from './correspondent.module.css';

/**
 * A person with their address, as in `Sara <sara@example.org>`: in the order that the name's own script asks for, each
 * kept apart, so that neither turns the other or the line around it.
 */
export function Correspondent({ name, address }: { name: string | null; address: string | null }) {
  if (!address) return <bdi>{name}</bdi>;
  if (!name || name === address) return <bdi dir="ltr">{address}</bdi>;
  return (
    <bdi>
      <span className={classes.name}>{name}</span> <bdi dir="ltr">&lt;{address}&gt;</bdi>
    </bdi>
  );
}
