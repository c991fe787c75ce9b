import type { Render } from './template.ts';

/**
 * A renderer that says the shipped text where the current one is missing or fails, so that an edit can never silence
 * Wasl. `onFault` is told once for each text and error.
 */
export function fallBack(
  current: () => Render,
  shipped: Render,
  onFault: (error: unknown, template: string) => void,
): Render {
  const told = new Set<string>();
  const tell = (error: unknown, template: string): void => {
    const what = `${template}: ${error instanceof Error ? error.message : String(error)}`;
    if (told.has(what)) return;
    told.add(what);
    onFault(error, template);
  };
  return (key, language, values, form) => {
    try {
      return current()(key, language, values, form);
    } catch (error) {
      const text = shipped(key, language, values, form);
      tell(error, key);
      return text;
    }
  };
}
