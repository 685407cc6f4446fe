import type { FastifyRequest } from 'fastify';

/** The query string of a request as it was sent: repeated parameters and brackets are left to the field sets. */
export function queryParameters(request: FastifyRequest): URLSearchParams {
  const { url } = request.raw;
  const start = url?.indexOf('?') ?? -1;
  return new URLSearchParams(start < 0 ? '' : url!.slice(start + 1));
}
