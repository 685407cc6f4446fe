import type { FastifyInstance } from 'fastify';
import { noParameters } from '../http/no-parameters.js';
import type { Readiness } from '../readiness.js';

/** `/health/live`: the process answers. `/health/ready`: it can serve, or 503 and why it cannot. */
export function healthRoutes(server: FastifyInstance, readiness: Readiness): void {
  const plain = { onRequest: noParameters };
  server.get('/health/live', plain, async () => ({ status: 'live' }));
  server.get('/health/ready', plain, async () => {
    await readiness.check();
    return { status: 'ready' };
  });
}
