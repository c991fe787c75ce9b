import { describe, expect, it } from 'vitest';
import { coreSettings, readSettings } from '../../../src/config.ts';

const read = (env: Record<string, string>) => readSettings(coreSettings, env);

describe('the settings of help for the knowledge bank', () => {
  it('are all off at first, with the least rights and a short wait', () => {
    expect(read({})).toMatchObject({ KNOWLEDGE_LLM_MAY: ['choose'], KNOWLEDGE_HELP_MS: 300 });
    expect(read({}).KNOWLEDGE_MODEL).toBeUndefined();
    expect(read({}).KNOWLEDGE_LLM_URL).toBeUndefined();
  });

  it('are read', () => {
    const given = {
      KNOWLEDGE_LLM_URL: 'http://models.internal:8000/v1',
      KNOWLEDGE_LLM_MAY: 'choose, rephrase',
      KNOWLEDGE_HELP_MS: '1500',
    };
    expect(read(given)).toMatchObject({
      KNOWLEDGE_LLM_URL: 'http://models.internal:8000/v1',
      KNOWLEDGE_LLM_MAY: ['choose', 'rephrase'],
      KNOWLEDGE_HELP_MS: 1500,
    });
  });

  it.each([
    ['KNOWLEDGE_LLM_URL', 'models.internal'],
    ['KNOWLEDGE_LLM_URL', 'ftp://models.internal/v1'],
    ['KNOWLEDGE_LLM_URL', 'https://care:secret@models.internal/v1'],
    ['KNOWLEDGE_LLM_URL', 'https://models.internal/v1?key=secret'],
    ['KNOWLEDGE_LLM_MAY', 'rephrase'],
    ['KNOWLEDGE_LLM_MAY', 'choose,answer'],
    ['KNOWLEDGE_HELP_MS', '0'],
    ['KNOWLEDGE_HELP_MS', '2.5'],
    ['KNOWLEDGE_HELP_MS', 'soon'],
    ['KNOWLEDGE_HELP_MS', '60000'],
  ])('are refused by name and without their value: %s=%s', (name, value) => {
    const start = () => read({ [name]: value });
    expect(start).toThrow(new RegExp(`^${name}: `));
    expect(start).not.toThrow('secret');
  });
});
