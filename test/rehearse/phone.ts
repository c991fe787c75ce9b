import type { WhatsappCloudSimulator } from '../fakes/whatsapp-cloud/simulator.ts';
import { createCast } from './cast.ts';
import { addPage, type Page } from './page.ts';
import { createStage } from './place.ts';
import { createWhatsappPlace } from './places/whatsapp.ts';

/** Puts the page with the WhatsApp telephone alone beside the provider's routes. */
export function addPhone(simulator: WhatsappCloudSimulator): Page {
  const [cast, stage] = [createCast(), createStage()];
  return addPage(simulator.app, { cast, stage, places: [createWhatsappPlace({ simulator, cast, stage })] });
}
