/** What one mail may cost at most; beyond it something is left out and the mail says so. */
export interface ReaderLimits {
  /** How long one mail may take before its process is ended, in milliseconds. */
  ms: number;
  /** Bytes of the source that are looked at. */
  sourceBytes: number;
  /** Bytes and fields of the head of the mail, and of each part. */
  headBytes: number;
  headFields: number;
  depth: number;
  parts: number;
  files: number;
  fileBytes: number;
  /** Characters of words, and of HTML before it is cleaned. */
  textChars: number;
  htmlChars: number;
  /** Bytes of one report part that are kept for screening. */
  reportBytes: number;
}

const megabyte = 1024 * 1024;

export const readerLimits: ReaderLimits = {
  ms: 15_000,
  sourceBytes: 128 * megabyte,
  headBytes: megabyte,
  headFields: 2000,
  depth: 40,
  parts: 1000,
  files: 50,
  fileBytes: 25 * megabyte,
  textChars: megabyte,
  htmlChars: megabyte,
  reportBytes: 64 * 1024,
};
