import { z } from 'zod';
import type { ChannelKind, InboxSettings, KindSettings } from '../channel/kind.ts';
import { SettingsError } from '../config.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** An inbox that is set up, of which kind. */
export interface GivenInbox extends InboxSettings {
  kind: string;
}

/** A value that was given, by its name without the prefix; empty ones are not given. */
const given = (env: Env, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const own = name.startsWith(prefix) && value?.trim();
      return own ? [[name.slice(prefix.length), own]] : [];
    }),
  );

/** `EMAIL_` and whatever numbers stand in `EMAIL_2_…`, in order. */
function prefixesOf(env: Env, prefix: string): { prefix: string; number: number }[] {
  const numbered = new RegExp(`^${prefix}_(\\d{1,2})_`);
  const numbers = Object.keys(env).flatMap((name) => numbered.exec(name)?.[1] ?? []);
  const further = [...new Set(numbers.map(Number))].sort((a, b) => a - b);
  return [
    { prefix: `${prefix}_`, number: 1 },
    ...further.map((number) => ({ prefix: `${prefix}_${number}_`, number })),
  ];
}

/** Values checked against a kind's schema: the values, or one sentence for each fault by the setting's name. */
export function checkInbox(
  { shape, check }: KindSettings,
  values: Readonly<Record<string, unknown>>,
): { values: Record<string, unknown> } | { faults: { name: string; message: string }[] } {
  const parsed = z.object(shape).safeParse(values);
  if (!parsed.success) {
    const said = (name: string, message: string) => (values[name] === undefined ? 'is missing' : message);
    const named = parsed.error.issues.map(({ path, message }) => ({ name: path.join('.'), message }));
    return { faults: named.map(({ name, message }) => ({ name, message: said(name, message) })) };
  }
  const faults = check?.(parsed.data) ?? [];
  return faults.length > 0 ? { faults } : { values: parsed.data };
}

/**
 * The inboxes that the environment sets up, and one for each kind that needs no settings. All faults at once as a
 * `SettingsError`, by name, never a value.
 */
export function givenInboxes(kinds: readonly ChannelKind[], env: Env): GivenInbox[] {
  const faults: string[] = [];
  const inboxes = kinds.flatMap(({ kind, settings }): GivenInbox[] => {
    if (!settings) return [{ kind, inboxId: kind, values: {} }];
    return prefixesOf(env, settings.prefix).flatMap(({ prefix, number }) => {
      const known = Object.keys(settings.shape);
      const block = Object.fromEntries(Object.entries(given(env, prefix)).filter(([name]) => known.includes(name)));
      if (Object.keys(block).length === 0 || settings.off?.(block)) return [];
      const checked = checkInbox(settings, block);
      if ('values' in checked)
        return [{ kind, inboxId: number === 1 ? kind : `${kind}-${number}`, values: checked.values }];
      faults.push(...checked.faults.map(({ name, message }) => `${prefix}${name}: ${message}`));
      return [];
    });
  });
  if (faults.length > 0) throw new SettingsError(faults);
  return inboxes;
}
