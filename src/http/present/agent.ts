import type { z } from 'zod';
import { type Agent, agent } from '../../agent/agent.ts';
import { type ApiToken, apiToken } from '../../agent/token.ts';

export const agentReply = agent.omit({ passwordHash: true }).meta({ id: 'Agent' });
export type AgentReply = z.infer<typeof agentReply>;

/** An agent as the API shows it: without the password's hash. */
export const presentAgent = ({ passwordHash: _, ...shown }: Agent): AgentReply => shown;

export const tokenReply = apiToken.omit({ hash: true, version: true }).meta({ id: 'Token' });
export type TokenReply = z.infer<typeof tokenReply>;

/** A token as the API shows it later: without anything that opens a door. */
export const presentToken = ({ hash: _h, version: _v, ...shown }: ApiToken): TokenReply => shown;
