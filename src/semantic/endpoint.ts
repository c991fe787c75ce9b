import { z } from 'zod';
import { HelpRefused } from './help.ts';

/** Where a model is asked: an interface as OpenAI describes it, on the operator's own network. */
export interface Endpoint {
  /** The address before `/chat/completions`, without a slash at the end. */
  url: string;
  model: string;
  token?: string | undefined;
}

/** What a model is told, and what it is given; the second is data, never an order. */
export interface Prompt {
  system: string;
  given: unknown;
  /** How many tokens the answer may have at most. */
  mostTokens: number;
}

/** More than any honest answer needs. */
const mostBytes = 64 * 1024;

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

/** The body up to a limit; what is beyond is never read. */
async function readBounded({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > mostBytes) throw new HelpRefused('the answer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const requestOf = ({ model, token }: Endpoint, { system, given, mostTokens }: Prompt): RequestInit => ({
  method: 'POST',
  redirect: 'error',
  headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  body: JSON.stringify({
    model,
    temperature: 0,
    stream: false,
    max_tokens: mostTokens,
    response_format: { type: 'json_object' },
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: JSON.stringify(given) },
    ],
  }),
});

/**
 * Asks the model once and gives what it said, read as `answer` describes it. Rejects with `HelpRefused` where the answer
 * is of another shape, an error or too large, and as `fetch` does where the server cannot be reached or time is up.
 */
export async function complete<T>(
  endpoint: Endpoint,
  prompt: Prompt,
  answer: z.ZodType<T>,
  within: AbortSignal,
): Promise<T> {
  const response = await fetch(`${endpoint.url}/chat/completions`, { ...requestOf(endpoint, prompt), signal: within });
  if (!response.ok) {
    await response.body?.cancel();
    throw new HelpRefused(`the server answered ${response.status}`);
  }
  const whole = completion.safeParse(parse(await readBounded(response)));
  const said = answer.safeParse(parse(whole.data?.choices[0]?.message.content ?? ''));
  if (!said.success) throw new HelpRefused('the answer is not what was asked for');
  return said.data;
}
