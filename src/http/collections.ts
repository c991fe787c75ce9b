import { agents } from '../agent/agent.ts';
import { audit } from '../agent/audit.ts';
import { agentGuards } from '../agent/change-agents.ts';
import { sessions } from '../agent/session.ts';
import { signInAttempts } from '../agent/sign-in-attempts.ts';
import { apiTokens } from '../agent/token.ts';
import type { AnyCollection } from '../store/port.ts';
import { keyedAnswers } from './once.ts';

/** What the HTTP door keeps for itself and for staff; belongs into the list that the store is opened with. */
export const httpCollections: readonly AnyCollection[] = [
  agentGuards,
  agents,
  apiTokens,
  audit,
  keyedAnswers,
  sessions,
  signInAttempts,
];
