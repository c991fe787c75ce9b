import { type Profiler, Session } from 'node:inspector/promises';

/** Where the processor's time went. */
export interface Profile {
  /** Share of time by stage, 0 to 1, largest first. */
  stages: [string, number][];
  /** Share of time by function itself (without what it calls), largest first. */
  functions: [string, number][];
}

interface Spent {
  stack: Profiler.ProfileNode[];
  micros: number;
}

/** The folder of `src/` or `channels/` that a frame stands in; what it calls elsewhere counts as its own. */
const stageOf = (url: string): string | null => /\/(?:src|channels)\/([^/]+)\//.exec(url)?.[1] ?? null;

const special = new Set(['(idle)', '(garbage collector)', '(program)']);

const placeOf = ({ callFrame: { functionName, url, lineNumber } }: Profiler.ProfileNode): string => {
  const file = url.replace(/^.*\/(node_modules|src|test|channels)\//, '$1/');
  return special.has(functionName) ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
};

/** The time of each node of the profile's tree, with the stack from the leaf up. */
function spentBy(profile: Profiler.Profile): Spent[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const micros = new Map<number, number>();
  profile.samples?.forEach((id, at) => {
    micros.set(id, (micros.get(id) ?? 0) + (profile.timeDeltas?.[at] ?? 0));
  });
  return [...micros].map(([id, time]) => {
    const stack: Profiler.ProfileNode[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = nodes.get(at);
      if (node) stack.push(node);
    }
    return { stack, micros: time };
  });
}

function shares(spent: readonly Spent[], nameOf: (stack: Profiler.ProfileNode[]) => string): [string, number][] {
  const whole = spent.reduce((sum, one) => sum + one.micros, 0);
  const sums = new Map<string, number>();
  for (const { stack, micros } of spent) {
    const name = nameOf(stack);
    sums.set(name, (sums.get(name) ?? 0) + micros / whole);
  }
  return [...sums].sort((one, other) => other[1] - one[1]);
}

const stageOfStack = (stack: Profiler.ProfileNode[]): string => {
  const [leaf] = stack;
  if (leaf && special.has(leaf.callFrame.functionName)) return leaf.callFrame.functionName;
  for (const { callFrame } of stack) {
    const stage = stageOf(callFrame.url);
    if (stage) return stage;
  }
  return 'the bench and the runtime';
};

/** Runs work with the processor's time sampled, in this process. */
export async function profiled<T>(work: () => Promise<T>): Promise<{ value: T; profile: Profile }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  const value = await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const spent = spentBy(profile);
  const functions = shares(spent, ([leaf]) => (leaf ? placeOf(leaf) : ''));
  return { value, profile: { stages: shares(spent, stageOfStack), functions } };
}
