import { isUtf8 } from 'node:buffer';
import { InvalidInput } from '@holdfast/errors';
import type { FastifyInstance } from 'fastify';

/** Takes JSON bodies, and no others. An empty body is `undefined`, for routes that need none. */
export function takeJsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined);
    if (!isUtf8(bytes)) return done(new InvalidInput('INVALID_JSON', 'The body is not valid UTF-8.', ''));
    void parse(request, bytes.toString('utf8'), (error, body) => {
      if (error === null) done(null, body);
      else done(new InvalidInput('INVALID_JSON', 'The body is not JSON, or holds a forbidden member name.', ''));
    });
  });
}
