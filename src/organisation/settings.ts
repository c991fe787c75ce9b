import { z } from 'zod';
import type { Collection, Op, Store } from '../store/port.ts';
import { type Template, template } from '../template/template.ts';
import type { Casework } from './casework.ts';
import type {
  Department,
  Intake,
  KnowledgeSetting,
  NamedCalendar,
  Organisation,
  Service,
  Sla,
} from './organisation.ts';
import { organisationFiles } from './organisation.ts';

const setting = z.object({ id: z.string(), version: z.number().int(), value: z.unknown() });
type Setting = z.infer<typeof setting>;

export const settings: Collection<Setting> = { name: 'settings', schema: setting, indexes: [], feed: 'sure' };

/** All that an organisation decides, as it stands now. */
export interface OrganisationSnapshot {
  organisation: Organisation;
  departments: Department[];
  services: Service[];
  intake: Intake;
  calendars: NamedCalendar[];
  sla: Sla;
  knowledge: KnowledgeSetting;
  casework: Casework;
}

/** Every setting by name, with its schema: the organisation's decisions, and the texts that Wasl says. */
export const settingSchemas = { ...organisationFiles, templates: z.array(template) } as const;
export type SettingName = keyof typeof settingSchemas;
export const settingNames = Object.keys(settingSchemas) as SettingName[];
const organisationNames = Object.keys(organisationFiles) as (keyof typeof organisationFiles)[];

/** Writes the given organisation into a store that has none; what people edited is never overwritten. */
export async function seedSettings(store: Store, from: OrganisationSnapshot): Promise<void> {
  await store.write(
    organisationNames.map((id) => ({
      op: 'insert' as const,
      in: settings,
      document: { id, version: 1, value: from[id] },
      onDuplicate: 'keep' as const,
    })),
  );
}

/** Settings that came later than the first stores. */
export type LaterSetting = 'knowledge' | 'casework';

/** Adds a setting, as `load` gives it, to a store that was filled before there was one. */
export async function seedSetting(store: Store, id: LaterSetting, load: () => Promise<unknown>): Promise<void> {
  if (await store.get(settings, id)) return;
  const document: Setting = { id, version: 1, value: await load() };
  await store.write([{ op: 'insert', in: settings, document, onDuplicate: 'keep' }]);
}

/** Reads the whole organisation; each part is checked against its schema. */
export async function readSettings(store: Store): Promise<OrganisationSnapshot> {
  const stored = await store.getMany(settings, organisationNames);
  const parts = stored.map((one) => [one.id, settingSchemas[one.id as SettingName].parse(one.value)]);
  return Object.fromEntries(parts) as OrganisationSnapshot;
}

/** The texts that Wasl says, as they stand in the store. */
export async function readTemplates(store: Store): Promise<Template[]> {
  return settingSchemas.templates.parse((await store.get(settings, 'templates'))?.value ?? []);
}

/** A text with the brief forms that it has in the files and not in the store: a form came later than many texts. */
function withBriefs(kept: Template, from: readonly Template[]): Template {
  const shipped = Object.entries(from.find(({ id }) => id === kept.id)?.texts ?? {});
  const added = shipped.filter(([variant]) => variant.endsWith('.brief') && kept.texts[variant] === undefined);
  return added.length > 0 ? { ...kept, texts: { ...kept.texts, ...Object.fromEntries(added) } } : kept;
}

/** The change of the texts that adds what the store does not have; null where it has all. */
function addingTexts(stored: Setting | null, from: readonly Template[]): Op | null {
  if (!stored) return { op: 'insert', in: settings, document: { id: 'templates', version: 1, value: from } };
  const kept = settingSchemas.templates.parse(stored.value);
  const whole = kept.map((one) => withBriefs(one, from));
  const fresh = from.filter(({ id }) => !kept.some((one) => one.id === id));
  if (fresh.length === 0 && whole.every((one, at) => one === kept[at])) return null;
  return { op: 'update', in: settings, id: 'templates', expect: stored.version, set: { value: [...whole, ...fresh] } };
}

/**
 * Adds texts and brief forms that the store does not have, in an empty store all; what people edited stays as it is, also
 * where they edit it right now on another process.
 */
export async function seedTemplates(store: Store, from: readonly Template[]): Promise<void> {
  for (;;) {
    const adding = addingTexts(await store.get(settings, 'templates'), from);
    if (!adding || (await store.write([adding])).ok) return;
  }
}
