import { accessKey, sessionId } from '@holdfast/domain-types';
import type { FastifyInstance } from 'fastify';
import { listLimit } from '../adapters/list-limit.js';
import { pageBody } from '../adapters/page-body.js';
import * as adapter from '../adapters/session-adapter.js';
import { noBody } from '../http/no-body.js';
import { noParameters } from '../http/no-parameters.js';
import { principalOf } from '../http/principal-of.js';
import { queryParameters } from '../http/query-parameters.js';
import type { SessionService } from '../services/session-service.js';

interface ById {
  readonly Params: { readonly id: string };
}

/** The standard operations on sessions, each within the scope of the access key. */
export function sessionRoutes(server: FastifyInstance, sessions: SessionService): void {
  const plain = { onRequest: noParameters };
  const bodiless = { onRequest: [noParameters, noBody] };

  server.get('/sessions', async (request) => {
    const querier = adapter.sessionSearch(queryParameters(request));
    return pageBody(await sessions.search(principalOf(request), querier), (session) => session);
  });
  server.post('/sessions/search', plain, async (request) => {
    const querier = adapter.sessionSearchBody(request.body);
    return pageBody(await sessions.search(principalOf(request), querier), (session) => session);
  });
  server.get<{ Params: { readonly accessKey: string } }>('/sessions/by-access-key/:accessKey', async (request) => {
    const limit = listLimit(queryParameters(request));
    const key = accessKey(request.params.accessKey);
    return { items: await sessions.listByAccessKey(principalOf(request), key, limit) };
  });
  server.get<ById>('/sessions/:id', plain, (request) =>
    sessions.get(principalOf(request), sessionId(request.params.id, 'id')),
  );

  server.post('/sessions', plain, async (request, reply) => {
    const created = await sessions.create(principalOf(request), adapter.sessionRequest(request.body));
    return reply.code(201).header('location', `/sessions/${created.id}`).send(created);
  });
  server.post('/sessions/bulk', plain, async (request, reply) => {
    const created = await sessions.bulkCreate(principalOf(request), adapter.sessionRequests(request.body));
    return reply.code(201).send({ items: created });
  });

  server.patch<ById>('/sessions/:id', plain, (request) => {
    const id = sessionId(request.params.id, 'id');
    return sessions.update(principalOf(request), id, adapter.sessionChange(request.body));
  });
  server.post<ById>('/sessions/:id/status', plain, (request) => {
    const id = sessionId(request.params.id, 'id');
    return sessions.updateStatus(principalOf(request), id, adapter.sessionStatus(request.body));
  });
  server.delete<ById>('/sessions/:id', plain, (request) =>
    sessions.delete(principalOf(request), sessionId(request.params.id, 'id')),
  );
  server.post<ById>('/sessions/:id/restore', bodiless, (request) =>
    sessions.restore(principalOf(request), sessionId(request.params.id, 'id')),
  );
  server.post<ById>('/sessions/:id/purge', bodiless, (request) =>
    sessions.purge(principalOf(request), sessionId(request.params.id, 'id')),
  );

  server.post('/sessions/batch-update', plain, (request) => {
    const { target, change } = adapter.sessionBatchChange(request.body);
    return sessions.batchUpdate(principalOf(request), target, change);
  });
  server.post('/sessions/batch-delete', plain, (request) =>
    sessions.batchDelete(principalOf(request), adapter.sessionBatchTarget(request.body)),
  );
  server.post('/sessions/batch-purge', plain, (request) =>
    sessions.batchPurge(principalOf(request), adapter.sessionBatchTarget(request.body)),
  );
}
