import type { FastifyRequest } from 'fastify';
import { NotAuthenticated } from './request-refused.js';

/**
 * The access key that a request brings along, as `Authorization: Bearer <key>` or `X-Access-Key: <key>`.
 * Throws `NotAuthenticated` if there is none, or if both are there and differ.
 */
export function accessKeyOfRequest(request: FastifyRequest): string {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const plain = request.headers['x-access-key'];
  const key = bearer ?? plain;
  if (typeof key !== 'string' || key === '') {
    throw new NotAuthenticated('An access key is needed: Authorization: Bearer <access key>.');
  }
  if (plain !== undefined && plain !== key) throw new NotAuthenticated('Two different access keys were given.');
  return key;
}
