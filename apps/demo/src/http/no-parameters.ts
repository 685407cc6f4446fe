import { InvalidInput } from '@holdfast/errors';
import type { FastifyRequest } from 'fastify';
import { queryParameters } from './query-parameters.js';

/** For routes without query parameters: throws `InvalidInput` (`UNKNOWN_PARAMETER`) if there is one. */
export async function noParameters(request: FastifyRequest): Promise<void> {
  for (const name of queryParameters(request).keys()) {
    throw new InvalidInput('UNKNOWN_PARAMETER', 'This route takes no such parameter.', name);
  }
}
