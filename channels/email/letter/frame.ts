import { z } from 'zod';
import type { HostDeps } from '../../../src/channel/kind.ts';
import type { Language } from '../../../src/language/language.ts';

/** What stands around the words of every letter in one language. */
export interface Frame {
  organisation: string;
  unit: string;
  foot: string[];
  /** The line that letters written by no person have besides. */
  automatic: string;
}

const view = z.object({ name: z.string(), unit: z.string(), hours: z.object({ text: z.string() }) });

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

async function readFrame(deps: HostDeps, language: Language): Promise<Frame> {
  const { name: organisation, unit, hours } = view.parse(await deps.publicView(language));
  const values = { unit, organisation, hours: { text: hours.text } };
  return {
    organisation,
    unit,
    foot: linesOf(deps.text('letter-foot', language, values)),
    automatic: deps.text('letter-automatic', language),
  };
}

const keptMs = 60_000;

/** Reads the frame of letters, at most once a minute a language: names and hours seldom change, and letters are many. */
export function createFrames(deps: HostDeps): (language: Language) => Promise<Frame> {
  const known = new Map<Language, { at: number; frame: Promise<Frame> }>();
  return async (language) => {
    const now = deps.clock.now();
    const last = known.get(language);
    if (last && now - last.at < keptMs) return last.frame;
    const frame = readFrame(deps, language);
    known.set(language, { at: now, frame });
    frame.catch(() => known.delete(language));
    return frame;
  };
}
