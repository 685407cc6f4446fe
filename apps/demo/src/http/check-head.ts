import { InvalidInput } from '@holdfast/errors';
import type { FastifyRequest } from 'fastify';
import { RequestRefused, RouteNotFound } from './request-refused.js';

/** Refuses what no route takes, before anybody asks whose request it is. */
export async function checkHead(request: FastifyRequest): Promise<void> {
  const { headers, is404, raw } = request;
  if (headers.host === undefined && raw.httpVersion !== '1.0') {
    throw new InvalidInput('MISSING_VALUE', 'The header Host is needed.', 'host');
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    throw new RequestRefused(417, 'The only expectation that is met is 100-continue.');
  }
  if (is404) throw new RouteNotFound();
}
