import { languages } from '../language/language.ts';
import { filters } from './filters.ts';
import { guardedLiquid } from './guarded-liquid.ts';
import type { Template } from './template.ts';

const parser = guardedLiquid({});
for (const name of Object.keys(filters('en', 'UTC'))) parser.registerFilter(name, (value: unknown) => value);

export interface LiquidFault {
  /** From 1. */
  line: number;
  message: string;
}

const lineOf = (error: unknown): number => Number(/line:(\d+)/.exec(String(error))?.[1] ?? 1);

/** What is wrong with a Liquid source, or null. Pure. */
export function liquidFault(source: string): LiquidFault | null {
  try {
    parser.parse(source);
    return null;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(', file:')[0] ?? '') : String(error);
    return { line: lineOf(error), message: `It is not a valid template: ${message}` };
  }
}

/** The languages in which a template has no text of its own. */
export const languagesWithout = ({ texts }: Pick<Template, 'texts'>) =>
  languages.filter((language) => texts[language] === undefined);
