import { inLanguage } from '../language/language.ts';
import type { Context } from './context.ts';

/** A service's name in the turn's language, or empty. */
export const nameOfService = ({ organisation, language }: Context, id: string | null): string => {
  const service = organisation.services.find((one) => one.id === id);
  return service ? inLanguage(service.name, language) : '';
};

/** The department that a matter goes to: the service's, else the care unit. */
export const departmentFor = ({ organisation }: Pick<Context, 'organisation'>, service: string | null): string => {
  const known = organisation.services.find((one) => one.id === service)?.departmentId;
  const care = organisation.departments.find((one) => one.careUnit) ?? organisation.departments[0];
  return known ?? care?.id ?? 'care';
};
