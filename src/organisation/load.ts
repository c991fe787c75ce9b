import { join } from 'node:path';
import type { z } from 'zod';
import { type Fault, readTogether, throwFaults } from '../content/content-error.ts';
import { type ParsedYaml, parseYaml } from '../content/parse-yaml.ts';
import { readContent } from '../content/read-content.ts';
import type { Path } from '../content/unknown-fields.ts';
import { caseworkFaults } from './casework-faults.ts';
import { slaLengthFaults } from './length-faults.ts';
import { neverOpenFault } from './never-open.ts';
import { organisationFiles } from './organisation.ts';
import type { LaterSetting } from './settings.ts';
import { synonymFaults } from './synonym-faults.ts';

type Files = typeof organisationFiles;
type Name = keyof Files;

/** Everything that an organisation decides, as its content files give it. */
export type OrganisationContent = { [N in Name]: z.output<Files[N]> };
type Read = { [N in Name]: ParsedYaml<z.output<Files[N]>> };

interface Identified {
  id: string;
}
type FaultAt = (path: Path, message: string) => Fault;

function repeatedIds(entries: readonly Identified[], within: Path, fault: FaultAt): Fault[] {
  return entries.flatMap(({ id }, index) =>
    entries.findIndex((entry) => entry.id === id) === index
      ? []
      : [fault([...within, index, 'id'], `The id "${id}" stands twice: give each entry an id of its own.`)],
  );
}

function missing(kind: string, id: string, entries: readonly Identified[]): string | null {
  if (entries.some((entry) => entry.id === id)) return null;
  return `There is no ${kind} "${id}": correct it or add the ${kind}. Known: ${entries.map((entry) => entry.id).join(', ')}.`;
}

function unknownDepartments({ services, departments }: Read): Fault[] {
  return services.value.flatMap(({ departmentId }, index) => {
    const message = missing('department', departmentId, departments.value);
    return message === null ? [] : [services.fault([index, 'departmentId'], message)];
  });
}

function unknownCalendars({ organisation, sla, calendars }: Read): Fault[] {
  return [organisation, sla].flatMap((file) => {
    const message = missing('calendar', file.value.calendarId, calendars.value);
    return message === null ? [] : [file.fault(['calendarId'], message)];
  });
}

function careUnitFaults({ departments }: Read): Fault[] {
  const units = departments.value.flatMap(({ careUnit }, index) => (careUnit ? [index] : []));
  if (units.length === 0)
    return [departments.fault([], 'No department has "careUnit: true": mark the one that receives.')];
  const message = 'Another department has "careUnit: true" already: leave it on the one that receives.';
  return units.slice(1).map((index) => departments.fault([index, 'careUnit'], message));
}

const knowledgeFaults = ({ value, fault }: Read['knowledge']): Fault[] =>
  synonymFaults(value).map(({ path, message }) => fault(path, message));

/** What of the casework setting does not agree with the others or with itself. */
const faultsOfCasework = ({ casework, services, organisation }: Read): Fault[] =>
  caseworkFaults(casework.value, { services: services.value, categories: organisation.value.categories }).map(
    ({ path, message }) => casework.fault(path, message),
  );

function neverOpenFaults({ sla, calendars }: Read): Fault[] {
  const message = neverOpenFault({ sla: sla.value, calendars: calendars.value });
  return message === null ? [] : [sla.fault(['calendarId'], message)];
}

const lengthFaults = ({ sla }: Read): Fault[] =>
  slaLengthFaults(sla.value).map(({ path, message }) => sla.fault(path, message));

const crossFaults = (read: Read): Fault[] => [
  ...repeatedIds(read.departments.value, [], read.departments.fault),
  ...repeatedIds(read.services.value, [], read.services.fault),
  ...repeatedIds(read.calendars.value, [], read.calendars.fault),
  ...repeatedIds(read.organisation.value.categories, ['categories'], read.organisation.fault),
  ...repeatedIds(read.organisation.value.channels, ['channels'], read.organisation.fault),
  ...unknownDepartments(read),
  ...unknownCalendars(read),
  ...careUnitFaults(read),
  ...neverOpenFaults(read),
  ...lengthFaults(read),
  ...faultsOfCasework(read),
  ...knowledgeFaults(read.knowledge),
];

async function readOne<N extends Name>(directory: string, name: N): Promise<Read[N]> {
  const path = join(directory, `${name}.yaml`);
  return parseYaml(path, await readContent(path), organisationFiles[name]) as Read[N];
}

async function readAll(directory: string): Promise<Read> {
  const read = <N extends Name>(name: N): Promise<Read[N]> => readOne(directory, name);
  const [organisation, departments, services, intake, calendars, sla, knowledge, casework] = await readTogether([
    read('organisation'),
    read('departments'),
    read('services'),
    read('intake'),
    read('calendars'),
    read('sla'),
    read('knowledge'),
    read('casework'),
  ]);
  return { organisation, departments, services, intake, calendars, sla, knowledge, casework };
}

/**
 * Reads the files of an organisation (`organisation.yaml`, `departments.yaml`, ...) and checks that they agree with
 * one another. All faults are thrown in one ContentError, each with file and line.
 */
export async function loadOrganisation(directory: string): Promise<OrganisationContent> {
  const read = await readAll(directory);
  throwFaults(crossFaults(read));
  return {
    organisation: read.organisation.value,
    departments: read.departments.value,
    services: read.services.value,
    intake: read.intake.value,
    calendars: read.calendars.value,
    sla: read.sla.value,
    knowledge: read.knowledge.value,
    casework: read.casework.value,
  };
}

/** Reads the file of one setting alone: for a store that was filled before there was such a setting. */
export async function loadLaterSetting(directory: string, name: LaterSetting): Promise<unknown> {
  if (name === 'casework') return (await readOne(directory, name)).value;
  const read = await readOne(directory, name);
  throwFaults(knowledgeFaults(read));
  return read.value;
}
