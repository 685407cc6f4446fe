import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { httpFrame } from '../src/http/http-frame.js';
import { noBody } from '../src/http/no-body.js';
import { noParameters } from '../src/http/no-parameters.js';

describe('a request as no client library would send it', () => {
  let server: FastifyInstance;
  const reported: unknown[] = [];

  beforeAll(async () => {
    server = httpFrame((error) => reported.push(error));
    server.post('/things', (request) => Promise.resolve(request.body));
    server.get('/things', { onRequest: noParameters }, () => Promise.resolve({}));
    server.post('/things/purge', { onRequest: noBody }, () => Promise.resolve({}));
    await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  /** Sends bytes and reads until the server hangs up. */
  async function answerTo(bytes: Buffer): Promise<{ readonly status: number; readonly head: string; body: string }> {
    const { port } = server.server.address() as net.AddressInfo;
    const socket = net.connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await once(socket, 'close');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return { status: Number(head.split(' ')[1]), head, body };
  }
  const request = (line: string, headers: readonly string[] = [], body = '') =>
    Buffer.from([`${line} HTTP/1.1`, 'Host: h', 'Connection: close', ...headers, '', body].join('\r\n'), 'latin1');
  const post = (headers: readonly string[], body: string) =>
    request('POST /things', ['Content-Type: application/json', `Content-Length: ${body.length}`, ...headers], body);

  it.each([
    ['garbage', Buffer.from('\x16\x03\x01 garbage\r\n\r\n'), 400, 'api_request_bad-request', undefined],
    ['bytes in its query', request('GET /things?a=\xfc'), 400, 'api_request_bad-request', undefined],
    ['a bad Content-Length', request('POST /things', ['Content-Length: x']), 400, 'api_request_bad-request', undefined],
    [
      'both Content-Length and Transfer-Encoding',
      request('POST /things', ['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
      400,
      'api_request_bad-request',
      undefined,
    ],
    [
      'headers of over 16 KiB',
      request('GET /things', [`X-Large: ${'x'.repeat(20_000)}`]),
      431,
      'api_request_bad-request',
      undefined,
    ],
    [
      'no Host',
      Buffer.from('GET /things HTTP/1.1\r\nConnection: close\r\n\r\n'),
      400,
      'api_parsing_invalid-parameters',
      'host',
    ],
    ['another expectation', request('GET /things', ['Expect: miracles']), 417, 'api_request_bad-request', undefined],
    ['another method on no route', request('QUERY /nope'), 404, 'api_request_not-found', undefined],
    ['another method on a route', request('QUERY /things'), 404, 'api_request_not-found', undefined],
    ['a body for no route', request('POST /nope', ['Content-Length: 1'], '{'), 404, 'api_request_not-found', undefined],
    ['a body that is not UTF-8', post([], '{"a":"\xff"}'), 400, 'api_parsing_invalid-parameters', ''],
    ['a packed body', post(['Content-Encoding: gzip'], '{}'), 415, 'api_parsing_content-type-mismatch', undefined],
    [
      'another charset',
      request('POST /things', ['Content-Type: application/json; charset=iso-8859-1', 'Content-Length: 2'], '{}'),
      415,
      'api_parsing_content-type-mismatch',
      undefined,
    ],
    [
      'no media type',
      request('POST /things', ['Content-Length: 2'], '{}'),
      415,
      'api_parsing_content-type-mismatch',
      undefined,
    ],
    ['a body on GET', request('GET /things', ['Content-Length: 2'], '{}'), 400, 'api_parsing_invalid-parameters', ''],
    [
      'a body where none is taken',
      request('POST /things/purge', ['Content-Type: application/json', 'Content-Length: 2'], '{}'),
      400,
      'api_parsing_invalid-parameters',
      '',
    ],
    ...['a=%FF', 'a=%', 'a=1&a=%zz'].map(
      (query) =>
        [`the query ${query}`, request(`GET /things?${query}`), 400, 'api_parsing_invalid-parameters', 'a'] as const,
    ),
  ])('with %s is answered with a problem document', async (_what, bytes, status, code, pointer) => {
    const answer = await answerTo(bytes);
    expect(answer.head).toMatch(/^content-type: application\/problem\+json$/im);
    expect(JSON.parse(answer.body)).toMatchObject({ status, code, ...(pointer === undefined ? {} : { pointer }) });
    expect([answer.status, reported]).toEqual([status, []]);
  });

  it.each([
    ['', 'application/json; charset=UTF-8', 'identity'],
    ['1', 'application/json;charset="utf-8"', 'identity'],
  ])('is taken with the body "%s" of %s and %s', async (body, type, encoding) => {
    const headers = [`Content-Type: ${type}`, `Content-Encoding: ${encoding}`, `Content-Length: ${body.length}`];
    const answer = await answerTo(request('POST /things', headers, body));
    expect([answer.status, answer.body]).toEqual([200, body]);
  });
});
