import type { FastifyInstance } from 'fastify';

/** Stops listening and lets requests under way finish; at the signal it cuts off those that have not. */
export async function closeServer(server: FastifyInstance, impatient: AbortSignal): Promise<void> {
  const cutOff = (): void => server.server.closeAllConnections();
  impatient.addEventListener('abort', cutOff);
  const closing = server.close();
  if (impatient.aborted) cutOff();
  await closing;
}
