import type { FastifyRequest } from 'fastify';
import { noBody } from './no-body.js';
import { UnsupportedMediaType } from './request-refused.js';

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE']);

/** Refuses a body by what the headers say of it, before it is read, and after it is known whose request it is. */
export async function checkBodyHead(request: FastifyRequest): Promise<void> {
  const { headers, method } = request;
  if (bodiless.has(method)) await noBody(request);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new UnsupportedMediaType('A body must be sent without a content encoding.');
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new UnsupportedMediaType('A body must be in UTF-8.');
}
