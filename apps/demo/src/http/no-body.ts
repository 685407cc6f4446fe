import { InvalidInput } from '@holdfast/errors';
import type { FastifyRequest } from 'fastify';

/** For routes without a body: throws `InvalidInput` (`INVALID_VALUE`) if one comes. */
export async function noBody({ headers }: FastifyRequest): Promise<void> {
  if (Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined) return;
  throw new InvalidInput('INVALID_VALUE', 'This route takes no body.', '');
}
