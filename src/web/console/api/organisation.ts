import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from './client.ts';
import { useMay, useSession } from './session.ts';
import type { Agent, Contact, Department, NamedCalendar, Organisation, Page, Service, Setting } from './shapes.ts';

const useSetting = <T>(name: string) =>
  useQuery({
    queryKey: ['settings', name],
    queryFn: ({ signal }) => ask<Setting<T>>(`/settings/${name}`, { signal }),
    select: ({ value }) => value,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;

export const useOrganisation = () => useSetting<Organisation>('organisation');
export const useDepartments = () => useSetting<Department[]>('departments');
export const useServices = () => useSetting<Service[]>('services');

/** The time zone of the organisation's own calendar; that of the browser until it is known. */
export function useTimeZone(): string {
  const calendars = useSetting<NamedCalendar[]>('calendars');
  const { calendarId } = useOrganisation() ?? {};
  const own = calendars?.find(({ id }) => id === calendarId) ?? calendars?.[0];
  return own?.calendar.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

type Named = { id: string; name: { ar: string; en: string } };

const nameIn = (all: readonly Named[] | undefined, id: string | null, language: string): string | null => {
  const found = all?.find((one) => one.id === id);
  return found ? found.name[language === 'en' ? 'en' : 'ar'] : id;
};

/** Names of what the organisation has decided, in the language of the page; the id where there is no such thing. */
export function useNames() {
  const { language } = useTranslation().i18n;
  const [organisation, departments, services] = [useOrganisation(), useDepartments(), useServices()];
  return {
    category: (id: string | null) => nameIn(organisation?.categories, id, language),
    department: (id: string | null) => nameIn(departments, id, language),
    service: (id: string | null) => nameIn(services, id, language),
  };
}

/** The name of an agent, or null where the one who is signed in may not know it. */
export function useAgentName(): (id: string | null) => string | null {
  const { agent } = useSession();
  const { data } = useQuery({
    queryKey: ['agents'],
    queryFn: ({ signal }) => ask<Page<Agent>>('/agents', { query: { limit: 200 }, signal }),
    select: ({ items }) => items,
    enabled: useMay()('agents.read'),
    staleTime: 5 * 60_000,
  });
  return (id) => (id === agent.id ? agent.name : (data?.find((one) => one.id === id)?.name ?? null));
}

/** A contact in full. Reading it is noted in the audit, so it is asked for only when wanted. */
export const useContact = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => ask<Contact>(`/contacts/${encodeURIComponent(id)}`, { signal }),
    enabled: wanted,
    staleTime: 60_000,
  });
