import { type Question, settled } from '../../../src/question/question.ts';

let count = 0;

/** An unanswered question as the flow leaves it; each a second after the one before, in a conversation of its own. */
export function aQuestion(facts: Partial<Question> = {}): Question {
  count += 1;
  const id = `question-${String(count).padStart(5, '0')}`;
  return settled({
    id,
    version: 1,
    text: 'كيف أحجز قاعة؟',
    language: 'ar',
    at: new Date(Date.parse('2026-11-01T08:00:00.000Z') + count * 1000).toISOString(),
    conversationId: `conversation-${count}`,
    channel: 'chat',
    messageIds: [`message-${count}`],
    outcome: 'none',
    articles: [],
    said: null,
    helped: null,
    ticketNumber: null,
    state: 'open',
    assignedTo: null,
    by: null,
    ...facts,
  });
}
