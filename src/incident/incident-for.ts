import { tokens } from '../language/fold.ts';
import { lightStem } from '../language/light-stem.ts';
import type { Store } from '../store/port.ts';
import { type Incident, incidents } from './incident.ts';

const stemsOf = (text: string): string[] => tokens(text).map((word) => lightStem(word));

/** What somebody writes of: the service that was understood, null where none was, and their words. */
export interface Complaint {
  service: string | null;
  text: string;
}

const row = (text: string): string => ` ${stemsOf(text).join(' ')} `;

/** Whether words stand in what was said, next to each other. */
const says = (said: string, words: string): boolean => row(words).trim() !== '' && said.includes(row(words));

function concerns({ state, service, words }: Incident, about: Complaint, said: string): boolean {
  if (state !== 'open') return false;
  const isOther = service !== null && about.service !== null && about.service !== service;
  if (isOther) return false;
  if (words.length > 0) return words.some((one) => says(said, one));
  return service !== null && about.service === service;
}

/**
 * The open incident that a text is about, the newest first; null where none is. One that has words is recognised by them
 * alone (in either spelling, with what is attached to them), never where another service was understood; one without words
 * by its service. Pure.
 */
export function incidentFor(known: readonly Incident[], about: Complaint): Incident | null {
  const said = row(about.text);
  const found = known.filter((one) => concerns(one, about, said));
  return found.sort((one, other) => other.openedAt.localeCompare(one.openedAt))[0] ?? null;
}

/** The incidents that are open now; one look by index. */
export const openIncidents = async ({ store }: { store: Store }): Promise<Incident[]> =>
  (await store.find(incidents, { index: 'by-state', where: { state: 'open' }, order: 'desc', limit: 50 })).items;
