import { z } from 'zod';
import type { Path } from '../content/unknown-fields.ts';
import type { AcceptanceRule, Casework, FormField } from './casework.ts';
import { caseworkLengthFaults } from './length-faults.ts';
import { shareMatters } from './share-matters.ts';

/** Where the casework setting would not agree with itself or with the others, and what to do there. */
export interface CaseworkFault {
  path: Path;
  message: string;
}

interface Identified {
  id: string;
}

/** What casework names of the other settings. */
export interface Known {
  services: readonly Identified[];
  categories: readonly Identified[];
}

const listOf = (known: readonly Identified[]): string => known.map(({ id }) => id).join(', ') || 'none';

function repeated(entries: readonly Identified[], within: Path): CaseworkFault[] {
  return entries.flatMap(({ id }, at) =>
    entries.findIndex((one) => one.id === id) === at
      ? []
      : [{ path: [...within, at, 'id'], message: `The id "${id}" stands twice: give each entry an id of its own.` }],
  );
}

function unknown(
  ids: readonly string[] | undefined,
  known: readonly Identified[],
  { path, what }: { path: Path; what: string },
) {
  return (ids ?? []).flatMap((id, at): CaseworkFault[] =>
    known.some((one) => one.id === id)
      ? []
      : [{ path: [...path, at], message: `There is no ${what} "${id}". Known: ${listOf(known)}.` }],
  );
}

function choiceFaults({ kind, choices }: FormField, path: Path): CaseworkFault[] {
  if (kind === 'choice' && (choices ?? []).length === 0)
    return [{ path, message: 'A choice needs "choices": write at least one, each with id and name.' }];
  if (kind !== 'choice' && choices !== undefined)
    return [{ path: [...path, 'choices'], message: `A field of the kind "${kind}" has no choices: take them out.` }];
  return repeated(choices ?? [], [...path, 'choices']);
}

/** A field may stand more than once for different matters, as long as it is the same kind of thing. */
function againFaults(forms: readonly FormField[], at: number): CaseworkFault[] {
  const field = forms[at];
  const before = forms.slice(0, at).filter(({ id }) => id === field?.id);
  if (!field || before.length === 0) return [];
  if (before.some((one) => shareMatters(one, field)))
    return [
      { path: ['forms', at, 'id'], message: `The field "${field.id}" stands twice in one form: give it another id.` },
    ];
  const other = before.find(({ kind }) => kind !== field.kind);
  if (!other) return [];
  const message = `The field "${field.id}" is of the kind "${other.kind}" elsewhere: give this one another id.`;
  return [{ path: ['forms', at, 'kind'], message }];
}

const formFaults = ({ forms }: Casework, { services }: Known): CaseworkFault[] =>
  forms.flatMap((field, at) => [
    ...againFaults(forms, at),
    ...choiceFaults(field, ['forms', at]),
    ...unknown(field.services, services, { path: ['forms', at, 'services'], what: 'service' }),
  ]);

/** What a rule says of a field that there is. */
function fieldRuleFault({ rule }: AcceptanceRule, field: FormField): string | null {
  if (rule.is === 'reference-overdue' && field.kind !== 'reference')
    return `The field "${field.id}" is no reference: only the number of an earlier request can be overdue.`;
  if (rule.is !== 'field-equals') return null;
  if (field.kind === 'national-id') return `The field "${field.id}" is kept sealed: it cannot be compared.`;
  if (field.kind !== 'choice' || (field.choices ?? []).some(({ id }) => id === rule.value)) return null;
  return `The field "${field.id}" has no choice "${rule.value}". Known: ${listOf(field.choices ?? [])}.`;
}

function ruleFaults(
  condition: AcceptanceRule,
  at: number,
  { forms }: Casework,
  { categories }: Known,
): CaseworkFault[] {
  const path: Path = ['conditions', at, 'rule'];
  const { rule } = condition;
  if (rule.is === 'category') return unknown(rule.in, categories, { path: [...path, 'in'], what: 'category' });
  const named = forms.filter(({ id }) => id === rule.field);
  if (named.length === 0)
    return [
      { path: [...path, 'field'], message: `There is no field "${rule.field}" in the forms. Known: ${listOf(forms)}.` },
    ];
  const asked = named.filter((one) => shareMatters(one, condition));
  if (asked.length === 0) {
    const message = `The field "${rule.field}" is asked in no form of the types and services that this condition is for.`;
    return [{ path: [...path, 'field'], message }];
  }
  const faults = asked.map((field) => fieldRuleFault(condition, field));
  const message = faults.every((one) => one !== null) ? faults[0] : null;
  return message ? [{ path, message }] : [];
}

const conditionFaults = (casework: Casework, known: Known): CaseworkFault[] => [
  ...repeated(casework.conditions, ['conditions']),
  ...casework.conditions.flatMap((one, at) => [
    ...unknown(one.services, known.services, { path: ['conditions', at, 'services'], what: 'service' }),
    ...ruleFaults(one, at, casework, known),
  ]),
];

const waiting: readonly string[] = ['pending_customer', 'pending_third_party', 'on_hold'];

const pauseFaults = ({ pauses }: Casework): CaseworkFault[] => [
  ...repeated(pauses, ['pauses']),
  ...pauses.flatMap(({ status }, at) =>
    waiting.includes(status)
      ? []
      : [{ path: ['pauses', at, 'status'], message: `A ticket that waits is one of ${waiting.join(', ')}.` }],
  ),
];

const levelFaults = ({ levels }: Casework['ladders'][number], ladderAt: number): CaseworkFault[] =>
  levels.flatMap(({ to, agentIds = [] }, at) => {
    const path: Path = ['ladders', ladderAt, 'levels', at];
    if (to === 'agents' && agentIds.length === 0)
      return [{ path, message: 'A level for agents needs "agentIds": write at least one.' }];
    if (to !== 'agents' && agentIds.length > 0)
      return [{ path: [...path, 'agentIds'], message: `A level for "${to}" names no agents: write "to: agents".` }];
    return [];
  });

const mailbox = z.email({ pattern: z.regexes.unicodeEmail });

const bodyFaults = ({ bodies }: Casework): CaseworkFault[] => [
  ...repeated(bodies, ['bodies']),
  ...bodies.flatMap(({ email }, at) =>
    email === undefined || mailbox.safeParse(email).success
      ? []
      : [
          {
            path: ['bodies', at, 'email'],
            message: 'Write an email address such as care@body.example, or leave it out.',
          },
        ],
  ),
];

/** All that does not agree in the casework setting, each with the place in it. Pure. */
export const caseworkFaults = (casework: Casework, known: Known): CaseworkFault[] => [
  ...formFaults(casework, known),
  ...conditionFaults(casework, known),
  ...repeated(casework.rootCauses, ['rootCauses']),
  ...pauseFaults(casework),
  ...bodyFaults(casework),
  ...caseworkLengthFaults(casework),
  ...repeated(casework.ladders, ['ladders']),
  ...casework.ladders.flatMap(levelFaults),
  ...casework.answerDates.flatMap(({ services }, at) =>
    unknown(services, known.services, { path: ['answerDates', at, 'services'], what: 'service' }),
  ),
];
