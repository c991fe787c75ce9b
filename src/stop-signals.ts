/** Signals that come together are one: a terminal and npm both tell a process of a key. */
const sameSignalMs = 1_500;

/**
 * The first signal stops the process cleanly, and at the latest after `withinMs`; a later one at once. `stop` gives the
 * exit code.
 */
export function stopOnSignals(withinMs: number, stop: () => Promise<number>): void {
  let since: number | null = null;
  const heard = (): void => {
    if (since !== null) {
      if (performance.now() - since > sameSignalMs) process.exit(1);
      return;
    }
    since = performance.now();
    setTimeout(() => process.exit(1), withinMs).unref();
    void stop().then((code) => process.exit(code));
  };
  process.on('SIGTERM', heard);
  process.on('SIGINT', heard);
}
