import type { DeclaredStep } from './declare.ts';
import { accept } from './steps/accept.ts';
import { merge } from './steps/merge.ts';
import { refer } from './steps/refer.ts';
import { reject } from './steps/reject.ts';
import { restrict } from './steps/restrict.ts';
import { unmerge } from './steps/unmerge.ts';
import { withdrawReferral } from './steps/withdraw-referral.ts';

/** Every step that there is. */
export const steps: readonly DeclaredStep[] = [accept, reject, refer, withdrawReferral, restrict, merge, unmerge];
