import { WaslError } from '../../errors.ts';
import { idInToken } from '../../link-token.ts';
import type { FlowDeps } from '../deps.ts';

/** The id that a link leads to, or `not-found`. */
export function idOfLink({ secret }: Pick<FlowDeps, 'secret'>, purpose: string, token: string): string {
  const id = idInToken(secret(purpose), token);
  if (id === null) throw new WaslError('not-found', 'This link is not valid.');
  return id;
}
