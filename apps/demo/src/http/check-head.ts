import { InvalidInput } from '@holdfast/errors';
import type { FastifyRequest } from 'fastify';
import { noBody } from './no-body.js';
import { RequestRefused, RouteNotFound, UnsupportedMediaType } from './request-refused.js';

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE']);

/** Looks at the head of every request, before its body is read. */
export async function checkHead(request: FastifyRequest): Promise<void> {
  const { headers, method, is404, raw } = request;
  if (headers.host === undefined && raw.httpVersion !== '1.0') {
    throw new InvalidInput('MISSING_VALUE', 'The header Host is needed.', 'host');
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    throw new RequestRefused(417, 'The only expectation that is met is 100-continue.');
  }
  if (is404) throw new RouteNotFound();
  if (bodiless.has(method)) await noBody(request);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new UnsupportedMediaType('A body must be sent without a content encoding.');
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new UnsupportedMediaType('A body must be in UTF-8.');
}
