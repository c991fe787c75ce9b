/** An error as it may stand in a log line: what the page says can hold numbers of people and of the account. */
export function sayable(error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return said.replace(/\d{5,}/g, '…').slice(0, 300);
}
