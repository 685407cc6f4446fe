import { agentId } from '@holdfast/domain-types';
import type { FastifyInstance } from 'fastify';
import * as adapter from '../adapters/agent-adapter.js';
import { agentBody } from '../adapters/agent-body.js';
import { pageBody } from '../adapters/page-body.js';
import { noBody } from '../http/no-body.js';
import { noParameters } from '../http/no-parameters.js';
import { principalOf } from '../http/principal-of.js';
import { queryParameters } from '../http/query-parameters.js';
import type { AgentService } from '../services/agent-service.js';

interface ById {
  readonly Params: { readonly id: string };
}

/** The standard operations on agents: reading is for everybody, within the scope of the access key. */
export function agentRoutes(server: FastifyInstance, agents: AgentService): void {
  const plain = { onRequest: noParameters };
  const bodiless = { onRequest: [noParameters, noBody] };

  server.get('/agents', async (request) => {
    const page = await agents.search(principalOf(request), adapter.agentSearch(queryParameters(request)));
    return pageBody(page, agentBody(principalOf(request)));
  });
  server.post('/agents/search', plain, async (request) => {
    const page = await agents.search(principalOf(request), adapter.agentSearchBody(request.body));
    return pageBody(page, agentBody(principalOf(request)));
  });
  server.get<ById>('/agents/:id', plain, async (request) => {
    const agent = await agents.get(principalOf(request), agentId(request.params.id, 'id'));
    return agentBody(principalOf(request))(agent);
  });

  server.post('/agents', plain, async (request, reply) => {
    const created = await agents.create(principalOf(request), adapter.agentSpec(request.body));
    return reply.code(201).header('location', `/agents/${created.id}`).send(created);
  });
  server.post('/agents/bulk', plain, async (request, reply) => {
    const created = await agents.bulkCreate(principalOf(request), adapter.agentSpecs(request.body));
    return reply.code(201).send({ items: created });
  });

  server.patch<ById>('/agents/:id', plain, (request) => {
    const id = agentId(request.params.id, 'id');
    return agents.update(principalOf(request), id, adapter.agentChange(request.body));
  });
  server.post<ById>('/agents/:id/status', plain, (request) => {
    const id = agentId(request.params.id, 'id');
    return agents.updateStatus(principalOf(request), id, adapter.agentStatus(request.body));
  });
  server.delete<ById>('/agents/:id', plain, (request) =>
    agents.delete(principalOf(request), agentId(request.params.id, 'id')),
  );
  server.post<ById>('/agents/:id/restore', bodiless, (request) =>
    agents.restore(principalOf(request), agentId(request.params.id, 'id')),
  );
  server.post<ById>('/agents/:id/purge', bodiless, (request) =>
    agents.purge(principalOf(request), agentId(request.params.id, 'id')),
  );

  server.post('/agents/batch-update', plain, (request) => {
    const { target, change } = adapter.agentBatchChange(request.body);
    return agents.batchUpdate(principalOf(request), target, change);
  });
  server.post('/agents/batch-delete', plain, (request) =>
    agents.batchDelete(principalOf(request), adapter.agentBatchTarget(request.body)),
  );
  server.post('/agents/batch-purge', plain, (request) =>
    agents.batchPurge(principalOf(request), adapter.agentBatchTarget(request.body)),
  );
}
