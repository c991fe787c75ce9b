import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { note, words } from '../given.ts';

/** The matter is not accepted; the person is told why, and where to turn (IN-12, IN-13, IN-19). */
export const reject = step({
  name: 'reject',
  summary: 'Reject a case with a reason, which its person is told, and guidance to the competent body',
  given: z.strictObject({
    reason: words(2000).optional().meta({ description: 'Is told to the person; in its absence the note is.' }),
    guidance: words(2000).optional().meta({ description: 'Where the person may turn instead.' }),
    note,
  }),
  take(_scene, _by, given) {
    const reason = (given.reason ?? given.note)?.trim();
    if (!reason) throw new WaslError('invalid', 'body.reason: say why the case is rejected; its person is told.');
    const guidance = given.guidance?.trim();
    const told = guidance === undefined ? { reason } : { reason, guidance };
    return { changes: [{ kind: 'rejected', ...told }], news: { kind: 'rejected', values: told } };
  },
});
