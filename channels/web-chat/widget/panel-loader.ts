import type { CreatePanel } from './panel-contract.ts';

const readPanelFile = (file: unknown): CreatePanel => (file as { createPanel: CreatePanel }).createPanel;

/** The file named at build time; where a newer release has replaced it, the one that has the fixed name. */
export async function importPanel(origin: string): Promise<CreatePanel> {
  const named = `${origin}/widget/${WASL_PANEL}`;
  const newest = `${origin}/widget/panel.js`;
  try {
    return readPanelFile(await import(/* @vite-ignore */ named));
  } catch {
    return readPanelFile(await import(/* @vite-ignore */ `${newest}?at=${Date.now()}`));
  }
}

/** Loads a thing once; after a failure the next call tries again. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
