import { MailParser } from 'mailparser';
import { z } from 'zod';
import { type Box, emptyBox, type Spool } from './box.ts';
import type { ReaderLimits } from './limits.ts';

/** One part as the library gives it, in the order of the source. */
export interface LibraryPart {
  type: string;
  /** Its words, decoded, where the library takes it for words. */
  text: string | null;
  /** Its bytes, where the library takes it for a file. */
  file: Box | null;
}

/** A mail as the library reads it. */
export interface LibraryMail {
  /** Header values by lower-case name, parsed as the library does; nothing in it is checked. */
  headers: ReadonlyMap<string, unknown>;
  parts: LibraryPart[];
}

/** A node of the tree that the library builds while it reads: the only place that tells the words of each part apart. */
const node = z.object({
  headers: z.unknown(),
  contentType: z.union([z.string(), z.literal(false)]).optional(),
  textContent: z.string().optional(),
  children: z.array(z.unknown()),
});
type Node = z.infer<typeof node>;

function nodesOf(tree: unknown): Node[] {
  const nodes: Node[] = [];
  const waiting = [tree];
  while (waiting.length > 0) {
    const read = node.parse(waiting.pop());
    nodes.push(read);
    waiting.push(...read.children.toReversed());
  }
  return nodes;
}

/** What is done elsewhere, or not at all, is left out: HTML to words, words to HTML, links, pictures within the page. */
const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
};

interface AttachmentEvent {
  type: 'attachment';
  headers: unknown;
  content: NodeJS.ReadableStream;
  release(): void;
}

/** What reading with the library needs besides the mail. */
export interface Terms {
  spool: Spool;
  limits: ReaderLimits;
}

function partsOf(parser: MailParser, files: ReadonlyMap<unknown, Box>): LibraryPart[] {
  return nodesOf('tree' in parser ? parser.tree : null).map((one) => ({
    type: one.contentType || 'text/plain',
    text: one.textContent ?? null,
    file: files.get(one.headers) ?? null,
  }));
}

/**
 * Reads a mail with the library; files go into boxes, in memory or in the spool. Rejects where the library gives up or
 * stands still; then nothing is left in the spool.
 */
export function readWithLibrary(raw: Buffer, { spool, limits }: Terms): Promise<LibraryMail> {
  const parser = new MailParser(options);
  const files = new Map<unknown, Box>();
  let headers: ReadonlyMap<string, unknown> = new Map();
  const take = ({ content, headers: key, release }: AttachmentEvent): void => {
    const box = emptyBox(spool, `l${files.size}`, limits.fileBytes);
    files.set(key, box);
    content.on('data', (piece: Buffer) => box.add(piece));
    content.on('end', () => {
      box.close();
      release();
    });
  };
  const { promise, resolve, reject } = Promise.withResolvers<LibraryMail>();
  const fail = (error: unknown): void => {
    parser.destroy();
    for (const box of files.values()) box.remove();
    reject(error);
  };
  const stalled = setTimeout(() => fail(new Error('the library stands still')), limits.ms / 3);
  parser.on('headers', (found: ReadonlyMap<string, unknown>) => {
    headers = found;
  });
  parser.on('data', (event: AttachmentEvent | { type: 'text' }) => {
    if (event.type === 'attachment') take(event);
  });
  parser.on('error', fail);
  parser.on('end', () => {
    try {
      resolve({ headers, parts: partsOf(parser, files) });
    } catch (error) {
      fail(error);
    }
  });
  parser.end(raw);
  return promise.finally(() => clearTimeout(stalled));
}
