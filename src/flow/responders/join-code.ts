import type { Contribution, Responder } from '../context.ts';

const end = (reason: string, ...actions: Contribution['actions']): Contribution => ({
  actions,
  reasons: [`join code: ${reason}`],
  end: true,
});

/**
 * A code that was sent to another contact and is told here proves that both are one person; also where an agent has the
 * conversation, who asked for it.
 */
export const joinCode: Responder = ({ joinCode: code }) => {
  if (!code) return null;
  const { told, otherId, agentId, left } = code;
  if (told === 'right')
    return end(
      'the right one was told, the two contacts are one person',
      { do: 'join', otherId, agentId },
      { do: 'say', template: 'join-code-told' },
    );
  if (told === 'over') return end('it is over', { do: 'say', template: 'join-code-expired' });
  return end(
    `a wrong one was told, ${left} attempts left`,
    { do: 'count-attempt' },
    { do: 'say', template: left > 0 ? 'join-code-wrong' : 'join-code-expired' },
  );
};
