import { InvalidInput } from '@holdfast/errors';
import type { FastifyRequest } from 'fastify';

/**
 * The query string of a request as it was sent: repeated parameters and brackets are left to the field sets. Throws
 * `InvalidInput` (`INVALID_VALUE`) for what is not percent-encoded UTF-8: it would be read as something else.
 */
export function queryParameters(request: FastifyRequest): URLSearchParams {
  const { url } = request.raw;
  const start = url?.indexOf('?') ?? -1;
  const text = start < 0 ? '' : url!.slice(start + 1);
  for (const part of text.split('&')) {
    if (isEncoded(part)) continue;
    // As far as it can be read.
    const [name = ''] = new URLSearchParams(part).keys();
    throw new InvalidInput('INVALID_VALUE', 'The parameter is not properly percent-encoded UTF-8.', name);
  }
  return new URLSearchParams(text);
}

function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
