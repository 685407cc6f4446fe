import { kernelId, sessionId } from '@holdfast/domain-types';
import { kernelFields } from '@holdfast/session-repository';
import type { FastifyInstance } from 'fastify';
import { pageBody } from '../adapters/page-body.js';
import { noParameters } from '../http/no-parameters.js';
import { principalOf } from '../http/principal-of.js';
import { queryParameters } from '../http/query-parameters.js';
import type { KernelService } from '../services/kernel-service.js';

interface ById {
  readonly Params: { readonly id: string };
}

/** Reads of kernels, each within the scope of the access key: what changes them are agents, and no clients. */
export function kernelRoutes(server: FastifyInstance, kernels: KernelService): void {
  const plain = { onRequest: noParameters };

  server.get('/kernels', async (request) => {
    const querier = kernelFields.parseSearch(queryParameters(request));
    return pageBody(await kernels.search(principalOf(request), querier), (kernel) => kernel);
  });
  server.post('/kernels/search', plain, async (request) => {
    const querier = kernelFields.parseSearchBody(request.body);
    return pageBody(await kernels.search(principalOf(request), querier), (kernel) => kernel);
  });
  server.get<ById>('/kernels/:id', plain, (request) =>
    kernels.get(principalOf(request), kernelId(request.params.id, 'id')),
  );
  server.get<ById>('/sessions/:id/kernels', plain, async (request) => ({
    items: await kernels.listOfSession(principalOf(request), sessionId(request.params.id, 'id')),
  }));
}
