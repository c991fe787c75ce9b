import type { Log } from '../channel/channel.ts';
import type { CoreSettings } from '../config.ts';
import { chooseAt } from './choose.ts';
import type { Endpoint } from './endpoint.ts';
import type { Help } from './help.ts';
import { ModelFault } from './model-folder.ts';
import { openNear } from './near.ts';
import { rephraseAt } from './rephrase.ts';

/** The settings that turn help on; without the first two there is none. */
export type HelpSettings = Pick<
  CoreSettings,
  'KNOWLEDGE_MODEL' | 'KNOWLEDGE_LLM_URL' | 'KNOWLEDGE_LLM_MODEL' | 'KNOWLEDGE_LLM_TOKEN' | 'KNOWLEDGE_LLM_MAY'
>;

/** The package that the operator installs beside Wasl, which does not depend on it. */
const transformers = '@huggingface/transformers';

async function openModel(folder: string, log: Log, packageName: string): Promise<Omit<Help, 'stop'> & Partial<Help>> {
  try {
    const near = await openNear({ folder, packageName, log });
    log.info({}, 'KNOWLEDGE_MODEL: questions are also compared by meaning');
    return near;
  } catch (error) {
    if (!(error instanceof ModelFault)) throw error;
    log.warn({}, `KNOWLEDGE_MODEL: ${error.message}. Wasl runs on without it.`);
    return {};
  }
}

/** Where the model is asked, if it was set up whole. */
function endpointOf(settings: HelpSettings, log: Log): Endpoint | null {
  const { KNOWLEDGE_LLM_URL: url, KNOWLEDGE_LLM_MODEL: model, KNOWLEDGE_LLM_TOKEN: token } = settings;
  if (url === undefined && model === undefined) return null;
  if (url !== undefined && model !== undefined) return { url: url.replace(/\/+$/, ''), model, token };
  const [given, missing] = url === undefined ? ['MODEL', 'URL'] : ['URL', 'MODEL'];
  const both = `KNOWLEDGE_LLM_${given}: KNOWLEDGE_LLM_${missing} is needed too: set it, or remove both.`;
  log.warn({}, `${both} Wasl runs on without the endpoint.`);
  return null;
}

const asksAt = (endpoint: Endpoint, { KNOWLEDGE_LLM_MAY: may }: HelpSettings): Pick<Help, 'choose' | 'rephrase'> => ({
  choose: chooseAt(endpoint),
  ...(may.includes('rephrase') ? { rephrase: rephraseAt(endpoint) } : {}),
});

/**
 * Opens the help that the settings name; null where there is none. What cannot be opened is told in one line of the log,
 * by its setting and with what to do, and left out. `packageName` is another package in tests.
 */
export async function openHelp(settings: HelpSettings, log: Log, packageName = transformers): Promise<Help | null> {
  const { KNOWLEDGE_MODEL: folder } = settings;
  const endpoint = endpointOf(settings, log);
  const model = folder === undefined ? {} : await openModel(folder, log, packageName);
  const help = { ...(endpoint ? asksAt(endpoint, settings) : {}), ...model };
  if (!help.near && !help.choose) return null;
  return { ...help, stop: async () => model.stop?.() };
}
