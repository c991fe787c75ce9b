interface FlowedLine {
  quotes: number;
  words: string;
  /** Ends with a space: the next line goes on. */
  soft: boolean;
}

const signature = '-- ';

function readLine(raw: string, dropSpace: boolean): FlowedLine {
  const quotes = /^>*/.exec(raw)?.[0].length ?? 0;
  const line = raw.slice(quotes).replace(/^ /, '');
  const soft = line.endsWith(' ') && line !== signature;
  return { quotes, soft, words: soft && dropSpace ? line.slice(0, -1) : line };
}

/** Joins the soft line breaks of `format=flowed` (RFC 3676) within one depth of quotation; signature lines stay alone. */
export function unflow(text: string, dropSpace: boolean): string {
  const out: string[] = [];
  let before: FlowedLine | null = null;
  for (const raw of text.split('\n')) {
    const line = readLine(raw, dropSpace);
    const joins = before?.soft === true && before.quotes === line.quotes && line.words !== signature;
    if (!joins) out.push(before ? '\n' : '', line.quotes > 0 ? `${'>'.repeat(line.quotes)} ` : '');
    out.push(line.words);
    before = line;
  }
  return out.join('');
}
