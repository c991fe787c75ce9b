import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Target {
  targetId: string;
  type: string;
}

/** Where a browser that was started with a profile below the folder listens; the newest where there are several. */
function addressBelow(folder: string): string {
  const places = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('DevToolsActivePort'),
  );
  const [place] = places
    .map((path) => join(folder, path))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!place) throw new Error('no browser has its profile there');
  const [port, path] = readFileSync(place, 'utf8').split('\n');
  return `ws://127.0.0.1:${port}${path}`;
}

type Call = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;

async function withBrowser<T>(folder: string, act: (call: Call) => Promise<T>): Promise<T> {
  const socket = new WebSocket(addressBelow(folder));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('the browser does not answer'));
  });
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as { id?: number; result?: object; error?: object };
    if (id !== undefined) waiting.get(id)?.({ ...(result ?? { error }) });
  };
  let last = 0;
  const call: Call = (method, params = {}, sessionId) => {
    last += 1;
    const id = last;
    socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  try {
    return await act(call);
  } finally {
    socket.close();
  }
}

async function pageTarget(call: Call): Promise<string> {
  const { targetInfos } = (await call('Target.getTargets')) as unknown as { targetInfos: Target[] };
  const page = targetInfos.find(({ type }) => type === 'page');
  if (!page) throw new Error('the browser has no page');
  return page.targetId;
}

async function withPage<T>(folder: string, act: (call: Call, sessionId: string) => Promise<T>): Promise<T> {
  return withBrowser(folder, async (call) => {
    const targetId = await pageTarget(call);
    const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
    return act(call, String(sessionId));
  });
}

interface Process {
  type: string;
  id: number;
}

async function processesOf(folder: string, type: string): Promise<Process[]> {
  const { processInfo } = await withBrowser(folder, (call) => call('SystemInfo.getProcessInfo'));
  const found = (processInfo as Process[]).filter((one) => one.type === type);
  if (found.length === 0) throw new Error(`the browser tells no process of the kind ${type}`);
  return found;
}

/** Ends the browser as a full memory would: at once and without a word. */
export async function killBrowser(folder: string): Promise<void> {
  for (const { id } of await processesOf(folder, 'browser')) process.kill(id, 'SIGKILL');
}

/** Closes the tab and leaves the browser running: whoever holds the page holds a detached frame. */
export const closePage = (folder: string): Promise<void> =>
  withBrowser(folder, async (call) => {
    const targetId = await pageTarget(call);
    // a browser whose last tab closes would end
    await call('Target.createTarget', { url: 'about:blank' });
    await call('Target.closeTarget', { targetId });
  });

/** Lets the tab's process crash. */
export const crashPage = (folder: string): Promise<void> =>
  withPage(folder, async (call, sessionId) => {
    void call('Page.crash', {}, sessionId);
    await call('Browser.getVersion');
  });

/** Halts the tab's process: nothing that is asked of the page comes back. Gives what `resume` takes. */
export async function haltPage(folder: string): Promise<number[]> {
  const pids = (await processesOf(folder, 'renderer')).map(({ id }) => id);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return pids;
}

/** Lets halted processes run on; one whose browser is gone ends then. */
export function resume(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGCONT');
    } catch {
      // it has ended already
    }
  }
}
