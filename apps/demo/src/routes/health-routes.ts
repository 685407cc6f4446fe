import type { FastifyInstance } from 'fastify';
import { NotReady } from '../http/request-refused.js';
import { noParameters } from '../http/no-parameters.js';

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, that is, `check` succeeds; 503 otherwise.
 */
export function healthRoutes(server: FastifyInstance, check: () => Promise<void>): void {
  const plain = { onRequest: noParameters };
  server.get('/health/live', plain, async () => ({ status: 'live' }));
  server.get('/health/ready', plain, async () => {
    try {
      await check();
    } catch (error) {
      throw new NotReady('The database cannot be reached.', error);
    }
    return { status: 'ready' };
  });
}
