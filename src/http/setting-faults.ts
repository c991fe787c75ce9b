import type { Path } from '../content/unknown-fields.ts';
import { caseworkFaults } from '../organisation/casework-faults.ts';
import { slaLengthFaults } from '../organisation/length-faults.ts';
import { neverOpenFault } from '../organisation/never-open.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { synonymFaults } from '../organisation/synonym-faults.ts';

type OrganisationPart = keyof OrganisationSnapshot;

interface Fault {
  path: string;
  message: string;
}

interface Identified {
  id: string;
}

const repeated = (entries: readonly Identified[], within: string): Fault[] =>
  entries.flatMap(({ id }, index) =>
    entries.findIndex((one) => one.id === id) === index
      ? []
      : [{ path: `${within}.${index}.id`, message: `The id "${id}" stands twice.` }],
  );

const missing = (path: string, id: string, known: readonly Identified[], what: string): Fault[] =>
  known.some((one) => one.id === id) ? [] : [{ path, message: `There is no ${what} "${id}".` }];

function departmentFaults({ departments, services }: OrganisationSnapshot): Fault[] {
  const units = departments.filter(({ careUnit }) => careUnit).length;
  return [
    ...repeated(departments, 'body.value'),
    ...(units === 1 ? [] : [{ path: 'body.value', message: 'Exactly one department must be the care unit.' }]),
    ...services.flatMap(({ id, departmentId }) =>
      departments.some((one) => one.id === departmentId)
        ? []
        : [{ path: 'body.value', message: `The service "${id}" needs the department "${departmentId}".` }],
    ),
  ];
}

const serviceFaults = ({ services, departments }: OrganisationSnapshot): Fault[] => [
  ...repeated(services, 'body.value'),
  ...services.flatMap(({ departmentId }, index) =>
    missing(`body.value.${index}.departmentId`, departmentId, departments, 'department'),
  ),
];

const neverOpen = (path: string, after: OrganisationSnapshot): Fault[] => {
  const message = neverOpenFault(after);
  return message === null ? [] : [{ path, message }];
};

const inValue = ({ path, message }: { path: Path; message: string }): Fault => ({
  path: ['body.value', ...path].join('.'),
  message,
});

const calendarFaults = (after: OrganisationSnapshot): Fault[] => [
  ...repeated(after.calendars, 'body.value'),
  ...[after.organisation.calendarId, after.sla.calendarId].flatMap((id) =>
    missing('body.value', id, after.calendars, 'calendar'),
  ),
  ...neverOpen('body.value', after),
];

const faultsBy: Record<OrganisationPart, (after: OrganisationSnapshot) => Fault[]> = {
  organisation: ({ organisation, calendars }) => [
    ...repeated(organisation.categories, 'body.value.categories'),
    ...repeated(organisation.channels, 'body.value.channels'),
    ...missing('body.value.calendarId', organisation.calendarId, calendars, 'calendar'),
  ],
  departments: departmentFaults,
  services: serviceFaults,
  intake: () => [],
  calendars: calendarFaults,
  sla: (after) => [
    ...missing('body.value.calendarId', after.sla.calendarId, after.calendars, 'calendar'),
    ...neverOpen('body.value.calendarId', after),
    ...slaLengthFaults(after.sla).map(inValue),
  ],
  knowledge: ({ knowledge }) => synonymFaults(knowledge).map(inValue),
  casework: ({ casework, services, organisation }) =>
    caseworkFaults(casework, { services, categories: organisation.categories }).map(inValue),
};

const nobody = (path: string, named: string, members: readonly Named[]): Fault[] => {
  const wanted = named.trim().toLowerCase();
  if (members.some(({ id, email }) => id.toLowerCase() === wanted || email === wanted)) return [];
  return [{ path, message: `There is no agent "${named}": write an id or an email address of one.` }];
};

/** An agent as settings name them. */
export interface Named {
  id: string;
  email: string;
}

/** Where the casework setting names agents that there are not. */
export function unknownAgents(
  { coordinators, confidants, ladders }: OrganisationSnapshot['casework'],
  members: readonly Named[],
): Fault[] {
  const known = (within: string, some: readonly string[] = []): Fault[] =>
    some.flatMap((one, at) => nobody(`body.value.${within}.${at}`, one, members));
  return [
    ...known('coordinators', coordinators),
    ...known('confidants', confidants),
    ...ladders.flatMap(({ levels }, ladder) =>
      levels.flatMap(({ agentIds }, level) => known(`ladders.${ladder}.levels.${level}.agentIds`, agentIds)),
    ),
  ];
}

/** Where a changed setting would not agree with the others; `after` is the whole organisation with the change in it. */
export const settingFaults = (name: OrganisationPart, after: OrganisationSnapshot): Fault[] => faultsBy[name](after);
