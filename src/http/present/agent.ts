import type { z } from 'zod';
import { type Agent, agent } from '../../agent/agent.ts';
import { type ApiToken, apiToken } from '../../agent/token.ts';
import { maskPhone } from './contact.ts';

export const agentReply = agent.omit({ passwordHash: true }).meta({ id: 'Agent' });
export type AgentReply = z.infer<typeof agentReply>;

/** An agent as the API shows it: without the password's hash. */
export const presentAgent = ({ passwordHash: _, ...shown }: Agent): AgentReply => shown;

/** An agent as in every list: all but the end of the phone hidden. */
export const presentInList = (one: Agent): AgentReply => {
  const shown = presentAgent(one);
  return shown.phone ? { ...shown, phone: maskPhone(shown.phone) } : shown;
};

export const tokenReply = apiToken.omit({ hash: true, version: true }).meta({ id: 'Token' });
export type TokenReply = z.infer<typeof tokenReply>;

/** A token as the API shows it later: without anything that opens a door. */
export const presentToken = ({ hash: _h, version: _v, ...shown }: ApiToken): TokenReply => shown;
