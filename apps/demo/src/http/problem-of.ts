import { FOREIGN_ERROR_CODE, InvalidInput, type HoldfastError, type Problem, isHoldfastError } from '@holdfast/errors';
import { BodyTooLarge, RequestRefused, RouteNotFound, UnsupportedMediaType } from './request-refused.js';

// What Fastify itself refuses, before a route is reached.
const ofFramework: Readonly<Record<string, () => HoldfastError>> = {
  FST_ERR_BAD_URL: () => new InvalidInput('INVALID_VALUE', 'The path is not properly percent-encoded.', 'path'),
  FST_ERR_MAX_PARAM_LENGTH: () => new RouteNotFound(),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new BodyTooLarge(),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new UnsupportedMediaType(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new InvalidInput('INVALID_VALUE', 'The body is not as long as Content-Length says.', 'content-length'),
};

/** The problem document of any error. Of a foreign error nothing is told but that there was one. */
export function problemOf(error: unknown): Problem {
  if (isHoldfastError(error)) return error.toProblem();
  const { code = '', statusCode = 500 } = (error ?? {}) as { readonly code?: string; readonly statusCode?: number };
  const known = ofFramework[code];
  if (known !== undefined) return known().toProblem();
  if (code.startsWith('FST_') && statusCode >= 400 && statusCode < 500)
    return new RequestRefused(statusCode).toProblem();
  return {
    type: 'about:blank',
    title: 'InternalError',
    status: 500,
    detail: 'The request failed for a reason inside of the server.',
    code: FOREIGN_ERROR_CODE,
  };
}
