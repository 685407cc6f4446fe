import type { FastifyReply } from 'fastify';
import { problemOf } from './problem-of.js';

const SOONEST_RETRY_S = 1;

/** Answers with the problem document of an error. */
export function sendProblem(reply: FastifyReply, error: unknown): FastifyReply {
  const problem = problemOf(error);
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503) void reply.header('retry-after', String(retryAfterS(error)));
  // As bytes: to an object Fastify would add a charset, which this media type does not have.
  void reply.code(problem.status).header('content-type', 'application/problem+json');
  return reply.send(Buffer.from(JSON.stringify(problem)));
}

/** In whole seconds, as the header counts: not before the error says that there is any point. */
function retryAfterS(error: unknown): number {
  const { retryAfterMs = null } = (error ?? {}) as { readonly retryAfterMs?: number | null };
  return Math.max(SOONEST_RETRY_S, Math.ceil((retryAfterMs ?? 0) / 1000));
}
