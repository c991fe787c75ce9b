import { fileURLToPath } from 'node:url';
import { loadOrganisation } from '../../../src/organisation/load.ts';
import { loadUnderstanding } from '../../../src/understanding/load.ts';
import { createUnderstanding } from '../../../src/understanding/understand.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../../knowledge-base/${name}`, import.meta.url));

/** Understanding with the phrases and the organisation that are shipped. */
export const shippedUnderstanding = async () => {
  const { organisation, services } = await loadOrganisation(path('organisation'));
  const files = await loadUnderstanding(path('understanding'));
  return createUnderstanding(files, { categories: organisation.categories, services });
};
