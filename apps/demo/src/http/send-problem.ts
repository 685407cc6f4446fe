import type { FastifyReply } from 'fastify';
import { problemOf } from './problem-of.js';

const RETRY_AFTER_S = 1;

/** Answers with the problem document of an error. */
export function sendProblem(reply: FastifyReply, error: unknown): FastifyReply {
  const problem = problemOf(error);
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503) void reply.header('retry-after', String(RETRY_AFTER_S));
  // As bytes: to an object Fastify would add a charset, which this media type does not have.
  void reply.code(problem.status).header('content-type', 'application/problem+json');
  return reply.send(Buffer.from(JSON.stringify(problem)));
}
