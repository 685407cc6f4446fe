import { InvalidInput } from '@holdfast/errors';
import type { FastifyInstance } from 'fastify';

/** Takes JSON bodies, and no others. An empty body is `undefined`, for routes that need none. */
export function takeJsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined);
    void parse(request, text, (error, body) => {
      if (error === null) done(null, body);
      else done(new InvalidInput('INVALID_JSON', 'The body is not JSON, or holds a forbidden member name.', ''));
    });
  });
}
