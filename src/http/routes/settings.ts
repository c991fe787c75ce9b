import { type ZodType, z } from 'zod';
import { note } from '../../agent/audit.ts';
import { WaslError } from '../../errors.ts';
import { readStaff } from '../../flow/casework/scene-of.ts';
import { languages } from '../../language/language.ts';
import { longBriefs } from '../../notice/long-briefs.ts';
import {
  type OrganisationSnapshot,
  readSettings,
  readTemplates,
  type SettingName,
  settingNames,
  settingSchemas,
  settings,
} from '../../organisation/settings.ts';
import { workingZone } from '../../organisation/working-zone.ts';
import { languagesWithout, liquidFault } from '../../template/faults.ts';
import type { Template } from '../../template/template.ts';
import type { HttpDeps } from '../deps.ts';
import { version } from '../fields.ts';
import { changeOr409, getOr404 } from '../find-page.ts';
import { type AnyRoute, route } from '../route.ts';
import { settingFaults, unknownAgents } from '../setting-faults.ts';

const replyOf = (name: SettingName, value: ZodType) =>
  z
    .object({ name: z.literal(name), version: z.number().int(), value })
    .meta({ id: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Setting` });

const warnings = z.array(z.object({ template: z.string(), language: z.enum(languages), segments: z.number().int() }));

/** To a change of texts it is also told which of them cost more than one part each time. */
const changedReplyOf = (name: SettingName, value: ZodType) =>
  name === 'templates'
    ? z
        .object({ name: z.literal(name), version: z.number().int(), value, warnings })
        .meta({ id: 'ChangedTemplatesSetting' })
    : replyOf(name, value);

const present = (name: SettingName) => (stored: { version: number; value?: unknown }) => ({
  name,
  version: stored.version,
  value: stored.value,
});

async function requireAgreement(
  { store }: HttpDeps,
  name: Exclude<SettingName, 'templates'>,
  after: OrganisationSnapshot,
): Promise<void> {
  const named = name === 'casework' ? unknownAgents(after.casework, (await readStaff({ store })).members) : [];
  const faults = [...settingFaults(name, after), ...named];
  const first = faults[0];
  if (first) throw new WaslError('invalid', `${first.path}: ${first.message}`, { details: { faults } });
}

/** Every text parses, stands in both languages, and has an id of its own. */
function requireSpeakable(all: readonly Template[]): void {
  const ids = new Set<string>();
  for (const [at, one] of all.entries()) {
    const [missing] = languagesWithout(one);
    if (missing) throw new WaslError('invalid', `body.value.${at}: the text "${one.id}" is missing in "${missing}".`);
    if (ids.has(one.id)) throw new WaslError('invalid', `body.value.${at}.id: the id "${one.id}" stands twice.`);
    ids.add(one.id);
    for (const [variant, text] of Object.entries(one.texts)) {
      const fault = liquidFault(text);
      if (fault)
        throw new WaslError('invalid', `body.value.${at}.texts.${variant}, line ${fault.line}: ${fault.message}`);
    }
  }
}

const named = 3;

/** Wasl says every text by its id: one that is left out would silence it. */
async function requireNoneLost({ store }: HttpDeps, all: readonly Template[]): Promise<void> {
  const ids = new Set(all.map(({ id }) => id));
  const lost = (await readTemplates(store)).map(({ id }) => id).filter((id) => !ids.has(id));
  if (lost.length === 0) return;
  const first = lost.slice(0, named).map((id) => `"${id}"`);
  const more = lost.length > named ? ` and ${lost.length - named} more` : '';
  throw new WaslError('invalid', `body.value: the texts ${first.join(', ')}${more} are missing.`);
}

const show = ({ store }: HttpDeps, name: SettingName, reply: ReturnType<typeof replyOf>) =>
  route({
    method: 'get',
    path: `/settings/${name}`,
    summary: `What the organisation has decided: ${name}`,
    tag: 'Settings',
    access: 'settings.read',
    reply,
    async handle() {
      return present(name)(await getOr404(store, settings, name, 'setting'));
    },
  });

const warningsOf = ({ organisation }: HttpDeps, all: readonly Template[]): z.infer<typeof warnings> => {
  const now = organisation();
  return longBriefs(all, now.organisation, workingZone(now));
};

const change = (deps: HttpDeps, name: SettingName, reply: ReturnType<typeof changedReplyOf>) =>
  route({
    method: 'put',
    path: `/settings/${name}`,
    summary: `Decide anew: ${name}`,
    tag: 'Settings',
    access: 'settings.change',
    body: z.strictObject({ version, value: settingSchemas[name] as ZodType }),
    reply,
    async handle({ body: { version: expect, value }, by }) {
      if (name === 'templates') {
        requireSpeakable(value as Template[]);
        await requireNoneLost(deps, value as Template[]);
      } else
        await requireAgreement(deps, name, {
          ...(await readSettings(deps.store)),
          [name]: value,
        } as OrganisationSnapshot);
      const update = { in: settings, id: name, expect, set: { value } };
      const changed = await changeOr409(deps.store, update, present(name));
      await note(deps, by, 'setting.changed', { subject: name });
      const shown = present(name)(changed);
      return name === 'templates' ? { ...shown, warnings: warningsOf(deps, value as Template[]) } : shown;
    },
  });

/** Everything that an organisation decides, one setting a route, so that each has its own schema. */
export const settingRoutes = (deps: HttpDeps): AnyRoute[] =>
  settingNames.flatMap((name) => {
    const reply = replyOf(name, settingSchemas[name] as ZodType);
    return [show(deps, name, reply), change(deps, name, changedReplyOf(name, settingSchemas[name] as ZodType))];
  });
