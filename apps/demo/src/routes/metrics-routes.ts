import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { noParameters } from '../http/no-parameters.js';

/** `/metrics`: the page for Prometheus. It holds operation names and figures, and nothing of any tenant. */
export function metricsRoutes(server: FastifyInstance, registry: Registry): void {
  server.get('/metrics', { onRequest: noParameters }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
