import type { DeclaredStep } from './declare.ts';
import { accept } from './steps/accept.ts';
import { reject } from './steps/reject.ts';

/** Every step that there is. */
export const steps: readonly DeclaredStep[] = [accept, reject];
