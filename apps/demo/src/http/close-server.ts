import type { FastifyInstance } from 'fastify';

const PATIENCE_MS = 10_000;

/** Stops listening, lets requests under way finish, and cuts off those that take longer than ten seconds. */
export async function closeServer(server: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => server.server.closeAllConnections(), PATIENCE_MS);
  try {
    await server.close();
  } finally {
    clearTimeout(timer);
  }
}
