import type { AgentRole } from './roles.ts';

/** Who asks: an agent in a session, or a program with a token. */
export interface Principal {
  kind: 'agent' | 'token';
  /** The agent's id, or `token:` and the token's. */
  id: string;
  name: string;
  role: AgentRole;
  departments: readonly string[];
}
