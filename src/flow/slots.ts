/** Lets at most so many pieces of work of one name run at a time; the others wait in their order. */
export interface Slots {
  run<T>(name: string, atOnce: number | null, work: () => Promise<T>): Promise<T>;
}

interface Gate {
  running: number;
  waiting: (() => void)[];
}

export function createSlots(): Slots {
  const gates = new Map<string, Gate>();
  const leave = (name: string, gate: Gate): void => {
    const next = gate.waiting.shift();
    if (next) next();
    else gate.running -= 1;
    if (gate.running === 0) gates.delete(name);
  };
  return {
    async run(name, atOnce, work) {
      if (atOnce === null) return work();
      const gate = gates.get(name) ?? { running: 0, waiting: [] };
      gates.set(name, gate);
      if (gate.running >= atOnce) await new Promise<void>((resolve) => gate.waiting.push(resolve));
      else gate.running += 1;
      try {
        return await work();
      } finally {
        leave(name, gate);
      }
    },
  };
}
