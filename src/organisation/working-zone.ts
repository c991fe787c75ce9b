import type { OrganisationSnapshot } from './settings.ts';

/** The time zone of the calendar that the organisation works by; UTC where that calendar is not there. */
export const workingZone = ({
  organisation,
  calendars,
}: Pick<OrganisationSnapshot, 'organisation' | 'calendars'>): string =>
  calendars.find(({ id }) => id === organisation.calendarId)?.calendar.timeZone ?? 'UTC';
