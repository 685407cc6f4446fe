import type { FastifyInstance } from 'fastify';
import type { NotificationAdapter } from '../adapters/notification-adapter.js';
import { pageBody } from '../adapters/page-body.js';
import { noBody } from '../http/no-body.js';
import { noParameters } from '../http/no-parameters.js';
import { principalOf } from '../http/principal-of.js';
import { queryParameters } from '../http/query-parameters.js';
import type { NotificationService } from '../services/notification-service.js';

interface ById {
  readonly Params: { readonly id: string };
}

/** The operations on channels, or on rules, for who administers a domain. Secrets are taken, and never sent. */
export function notificationRoutes<Row extends object, Data extends { readonly id: string }, Id, Create, Change>(
  server: FastifyInstance,
  path: '/notification-channels' | '/notification-rules',
  service: NotificationService<Row, Data, Id, Create, Change>,
  adapter: NotificationAdapter<Row, Id, Create, Change>,
): void {
  const plain = { onRequest: noParameters };
  const bodiless = { onRequest: [noParameters, noBody] };

  server.get(path, async (request) => {
    const page = await service.search(principalOf(request), adapter.search(queryParameters(request)));
    return pageBody(page, (one) => one);
  });
  server.post(`${path}/search`, plain, async (request) => {
    const page = await service.search(principalOf(request), adapter.searchBody(request.body));
    return pageBody(page, (one) => one);
  });
  server.get<ById>(`${path}/:id`, plain, (request) => service.get(principalOf(request), adapter.id(request.params.id)));

  server.post(path, plain, async (request, reply) => {
    const created = await service.create(principalOf(request), adapter.spec(request.body));
    return reply.code(201).header('location', `${path}/${created.id}`).send(created);
  });
  server.patch<ById>(`${path}/:id`, plain, (request) =>
    service.update(principalOf(request), adapter.id(request.params.id), adapter.change(request.body)),
  );
  server.delete<ById>(`${path}/:id`, plain, (request) =>
    service.delete(principalOf(request), adapter.id(request.params.id)),
  );
  server.post<ById>(`${path}/:id/restore`, bodiless, (request) =>
    service.restore(principalOf(request), adapter.id(request.params.id)),
  );
  server.post<ById>(`${path}/:id/purge`, bodiless, (request) =>
    service.purge(principalOf(request), adapter.id(request.params.id)),
  );
}
