import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { currentIn } from '../api/client.ts';
import { keepConversation, type Step, takeStep } from '../api/conversations.ts';
import type { Conversation } from '../api/shapes.ts';
import { isSameSituation } from './situation.ts';

/** What came of the last step, for the agent to read. */
export type StepNotice =
  | { kind: 'done'; step: Step }
  | { kind: 'changed'; step: Step; current: Conversation }
  | { kind: 'failed'; step: Step; error: unknown };

const attempts = 5;

/**
 * Takes a step on what the agent sees. A conversation that changed meanwhile refuses it; where only words were added the
 * step is taken on the newer one, where somebody else took or gave the conversation the agent decides again.
 */
async function stepOn(seen: Conversation, step: Step): Promise<StepNotice & { found?: Conversation }> {
  let base = seen;
  for (let attempt = 1; ; attempt++) {
    try {
      return { kind: 'done', step, found: await takeStep(seen.id, step, base.version) };
    } catch (error) {
      const current = currentIn<Conversation>(error);
      if (!current) return { kind: 'failed', step, error };
      if (!isSameSituation(seen, current) || attempt === attempts)
        return { kind: 'changed', step, current, found: current };
      base = current;
    }
  }
}

export function useSteps() {
  const client = useQueryClient();
  const [notice, setNotice] = useState<StepNotice | null>(null);
  const [running, setRunning] = useState<Step | null>(null);
  const take = async (seen: Conversation, step: Step): Promise<void> => {
    if (running) return;
    setRunning(step);
    setNotice(null);
    const { found, ...result } = await stepOn(seen, step);
    if (found) keepConversation(client, found);
    void client.invalidateQueries({ queryKey: ['conversations'] });
    setNotice(result as StepNotice);
    setRunning(null);
  };
  return { notice, running, take, dismiss: () => setNotice(null) };
}
export type Steps = ReturnType<typeof useSteps>;
