import { z } from 'zod';
import type { Collection, Store } from '../store/port.ts';
import type { Department, Intake, NamedCalendar, Organisation, Service, Sla } from './organisation.ts';
import { organisationFiles } from './organisation.ts';

const setting = z.object({ id: z.string(), version: z.number().int(), value: z.unknown() });
type Setting = z.infer<typeof setting>;

export const settings: Collection<Setting> = { name: 'settings', schema: setting, indexes: [], feed: true };

/** All that an organisation decides, as it stands now. */
export interface OrganisationSnapshot {
  organisation: Organisation;
  departments: Department[];
  services: Service[];
  intake: Intake;
  calendars: NamedCalendar[];
  sla: Sla;
}

export type SettingName = keyof typeof organisationFiles;
export const settingNames = Object.keys(organisationFiles) as SettingName[];

/** Writes the given organisation into a store that has none; what people edited is never overwritten. */
export async function seedSettings(store: Store, from: OrganisationSnapshot): Promise<void> {
  await store.write(
    settingNames.map((id) => ({
      op: 'insert' as const,
      in: settings,
      document: { id, version: 1, value: from[id] },
      onDuplicate: 'keep' as const,
    })),
  );
}

/** Reads the whole organisation; each part is checked against its schema. */
export async function readSettings(store: Store): Promise<OrganisationSnapshot> {
  const stored = await store.getMany(settings, settingNames);
  const parts = stored.map((one) => [one.id, organisationFiles[one.id as SettingName].parse(one.value)]);
  return Object.fromEntries(parts) as OrganisationSnapshot;
}
