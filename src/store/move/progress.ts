/** Tells of a long piece of work now and then. */
export interface Progress {
  /** Begins a stretch of the work, whose speed is told by itself. */
  begin(what: string): void;
  /** So many more things, of a kind, were done. */
  step(kind: string, count: number, bytes?: number): void;
  /** What the stretch came to. */
  end(): void;
}

const everyMs = 3000;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Writes a line every few seconds by `tell`. `now` in ms. */
export function createProgress(tell: (line: string) => void, now: () => number): Progress {
  let [what, count, bytes, beganAt, toldAt] = ['', 0, 0, 0, 0];
  const speed = (): string => {
    const seconds = Math.max(now() - beganAt, 1) / 1000;
    const volume = bytes > 0 ? `, ${megabytes(bytes)} MB (${megabytes(bytes / seconds)} MB/s)` : '';
    return `${count} (${Math.round(count / seconds)}/s)${volume}`;
  };
  return {
    begin(stretch) {
      [what, count, bytes, beganAt, toldAt] = [stretch, 0, 0, now(), now()];
    },
    step(kind, more, moreBytes = 0) {
      count += more;
      bytes += moreBytes;
      if (now() - toldAt < everyMs) return;
      toldAt = now();
      tell(`${what}: ${speed()}, now ${kind}`);
    },
    end: () => tell(`${what}: ${speed()}`),
  };
}
