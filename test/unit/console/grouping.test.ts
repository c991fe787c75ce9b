import { describe, expect, it } from 'vitest';
import { decisionsShownAt, groupMessages } from '../../../src/web/console/conversation/grouping.ts';
import { aMessage } from './a-message.ts';

const shape = (messages: Parameters<typeof groupMessages>[0]) =>
  groupMessages(messages, 'Asia/Riyadh').map(({ day, groups }) => [
    day,
    groups.map((one) => one.messages.map(({ seq }) => seq)),
  ]);

describe('messages in groups', () => {
  it('part at midnight of the organisation, not of Greenwich', () => {
    expect(
      shape([
        aMessage({ seq: 1, receivedAt: '2026-11-25T20:59:59.000Z' }),
        aMessage({ seq: 2, receivedAt: '2026-11-25T21:00:00.000Z' }),
      ]),
    ).toEqual([
      ['2026-11-25', [[1]]],
      ['2026-11-26', [[2]]],
    ]);
  });

  it('stand together while one author goes on', () => {
    expect(
      shape([
        aMessage({ seq: 1 }),
        aMessage({ seq: 2 }),
        aMessage({ seq: 3, author: 'assistant' }),
        aMessage({ seq: 4, author: 'agent', agentId: 'huda' }),
        aMessage({ seq: 5, author: 'agent', agentId: 'omar' }),
      ]),
    ).toEqual([['2026-11-25', [[1, 2], [3], [4], [5]]]]);
  });

  it('part after a pause of ten minutes', () => {
    expect(
      shape([
        aMessage({ seq: 1, receivedAt: '2026-11-25T08:00:00.000Z' }),
        aMessage({ seq: 2, receivedAt: '2026-11-25T08:09:59.000Z' }),
        aMessage({ seq: 3, receivedAt: '2026-11-25T08:19:59.000Z' }),
      ]),
    ).toEqual([['2026-11-25', [[1, 2], [3]]]]);
  });
});

describe('where a decision is explained', () => {
  it('is the last message that it wrote', () => {
    const shown = decisionsShownAt([
      aMessage({ seq: 1, decisionId: 'd1' }),
      aMessage({ seq: 2, decisionId: 'd1', author: 'assistant' }),
      aMessage({ seq: 3, decisionId: 'd1', author: 'assistant' }),
    ]);
    expect([...shown]).toEqual([['m3', 'd1']]);
  });

  it('is the last message that it was made on where the assistant said nothing', () => {
    const shown = decisionsShownAt([aMessage({ seq: 1, decisionId: 'd1' }), aMessage({ seq: 2, decisionId: 'd1' })]);
    expect([...shown]).toEqual([['m2', 'd1']]);
  });

  it('is the last loaded message of a silent decision, unless it did say something', () => {
    const messages = [
      aMessage({ seq: 1 }),
      aMessage({ seq: 2 }),
      aMessage({ seq: 3, decisionId: 'd2', author: 'assistant' }),
    ];
    const silent = [
      { id: 'd1', messageIds: ['m1', 'm9'] },
      { id: 'd2', messageIds: ['m2'] },
      { id: 'd3', messageIds: ['m8'] },
    ];
    expect([...decisionsShownAt(messages, silent)]).toEqual([
      ['m1', 'd1'],
      ['m3', 'd2'],
    ]);
  });

  it('is nowhere for what an agent wrote', () => {
    expect([...decisionsShownAt([aMessage({ seq: 1, author: 'agent', agentId: 'huda' })])]).toEqual([]);
  });
});
