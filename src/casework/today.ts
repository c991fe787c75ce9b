import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { workingZone } from '../organisation/working-zone.ts';

/** Today's local date (YYYY-MM-DD) where the organisation works, for days such as "tomorrow"; `now` is ISO. Pure. */
export const todayOf = ({
  organisation,
  now,
}: {
  organisation: Pick<OrganisationSnapshot, 'organisation' | 'calendars'>;
  now: string;
}): string => new Intl.DateTimeFormat('en-CA', { timeZone: workingZone(organisation) }).format(new Date(now));
