import { isoOf, zoneOf } from '../calendar/zone.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { workingZone } from '../organisation/working-zone.ts';

type Organisation = Pick<OrganisationSnapshot, 'organisation' | 'calendars'>;

const halfDayMs = 43_200_000;
const minuteMs = 60_000;

/** Noon of a local date as an instant (ISO), for what is told with a day only. */
export function noonOf(organisation: Organisation, day: string): string {
  const wall = Date.parse(`${day}T00:00:00Z`) + halfDayMs;
  const [noon] = zoneOf(workingZone(organisation)).instantsOf(wall, wall + minuteMs);
  return isoOf(noon?.from ?? wall);
}
