import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from '../tenants/principal.js';
import { accessKeyOfRequest } from './access-key-of-request.js';
import { NotAuthenticated } from './request-refused.js';

const decorator = 'principal';

/** Lets only requests with a known access key through to the routes of `server`. */
export function authenticate(server: FastifyInstance, principals: ReadonlyMap<string, Principal>): void {
  server.decorateRequest(decorator, null);
  server.addHook('onRequest', async (request) => {
    const principal = principals.get(accessKeyOfRequest(request));
    if (principal === undefined) throw new NotAuthenticated('Nobody has this access key.');
    request.setDecorator(decorator, principal);
  });
}

/** Who makes a request, on routes behind `authenticate`. */
export function principalOf(request: FastifyRequest): Principal {
  return request.getDecorator<Principal>(decorator);
}
