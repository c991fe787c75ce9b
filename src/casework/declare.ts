import type { z } from 'zod';
import type { StepName } from './path.ts';
import type { Actor, CaseScene, StepOutcome } from './scene.ts';

/** A step as it is declared in `steps/`: what is given for it, and what it makes of the ticket. */
export interface DeclaredStep<Given extends z.ZodObject = z.ZodObject> {
  name: StepName;
  /** One line for the documentation. */
  summary: string;
  /** What is given beside `version`. */
  given: Given;
  /** The number of another ticket that has to be read, where the step, or the ticket in a field, names one. */
  other?(given: z.output<Given>, before: Pick<CaseScene, 'ticket' | 'organisation'>): string | undefined;
  /** Pure. Throws `WaslError` `invalid` or `not-allowed` with a sentence that says what to do. */
  take(scene: CaseScene, by: Actor, given: z.output<Given>): StepOutcome;
}

/** Declares a step with its types tied together. */
export const step = <Given extends z.ZodObject>(declared: DeclaredStep<Given>): DeclaredStep =>
  declared as unknown as DeclaredStep;
