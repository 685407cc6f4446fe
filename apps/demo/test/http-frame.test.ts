import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FOREIGN_ERROR_CODE } from '@holdfast/errors';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkedBody } from '../src/http/checked-body.js';
import { httpFrame } from '../src/http/http-frame.js';
import { noParameters } from '../src/http/no-parameters.js';

const schema = z.strictObject({
  name: z.string(),
  size: z.int().max(10).exactOptional(),
  'a/b': z.strictObject({ '~': z.boolean() }).exactOptional(),
  many: z
    .array(z.union([z.string(), z.number()]))
    .max(2)
    .exactOptional(),
});

describe('the HTTP frame', () => {
  let server: FastifyInstance;
  let reported: unknown[];
  let address: string;

  beforeEach(async () => {
    reported = [];
    server = httpFrame((error) => reported.push(error));
    server.post('/things', (request) => Promise.resolve(checkedBody(schema, request.body)));
    server.get('/things/:id', { onRequest: noParameters }, () => Promise.resolve({}));
    server.get('/broken', () => Promise.reject(new Error('select secret from things')));
    address = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(() => server.close());

  function send(path: string, body?: string, type = 'application/json'): Promise<Response> {
    if (body === undefined) return fetch(address + path);
    return fetch(address + path, { method: 'POST', headers: { 'content-type': type }, body });
  }
  async function problem(...request: Parameters<typeof send>) {
    const response = await send(...request);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ type: 'about:blank', status: response.status });
    return body;
  }

  it.each([
    ['{"name":', 'INVALID_JSON', ''],
    ['{"name":"a","__proto__":{"x":1}}', 'INVALID_JSON', ''],
    ['{"name":"a","constructor":{"prototype":{}}}', 'INVALID_JSON', ''],
    ['', 'MISSING_VALUE', ''],
    ['null', 'INVALID_VALUE', ''],
    ['[]', 'INVALID_VALUE', ''],
    ['{}', 'MISSING_VALUE', '/name'],
    ['{"name":1}', 'INVALID_VALUE', '/name'],
    ['{"name":null}', 'INVALID_VALUE', '/name'],
    ['{"name":"a","size":1.5}', 'INVALID_VALUE', '/size'],
    ['{"name":"a","size":11}', 'INVALID_VALUE', '/size'],
    ['{"name":"a","nmae":"b"}', 'UNKNOWN_FIELD', '/nmae'],
    ['{"name":"a","a/b":{"~":1}}', 'INVALID_VALUE', '/a~1b/~0'],
    ['{"name":"a","a/b":{"~":true,"x/y":1}}', 'UNKNOWN_FIELD', '/a~1b/x~1y'],
    ['{"name":"a","many":["b",true]}', 'INVALID_VALUE', '/many/1'],
    ['{"name":"a","many":["b","c","d"]}', 'LIMIT_EXCEEDED', '/many'],
  ])('refuses the body %s with %s at "%s"', async (payload, reason, pointer) => {
    const refused = await problem('/things', payload);
    expect(refused).toMatchObject({ status: 400, code: 'api_parsing_invalid-parameters', reason, pointer });
  });

  it('takes a body that fits', async () => {
    const response = await send('/things', '{"name":"a","many":["b",2]}');
    expect([response.status, await response.json()]).toEqual([200, { name: 'a', many: ['b', 2] }]);
  });

  it('refuses a body of more than a mebibyte', async () => {
    const refused = await problem('/things', JSON.stringify({ name: 'a'.repeat(1024 * 1024) }));
    expect(refused).toMatchObject({ status: 413, code: 'api_request_too-large' });
  });

  it('refuses a body that is not JSON by its media type', async () => {
    const refused = await problem('/things', '{}', 'text/plain');
    expect(refused).toMatchObject({ status: 415, code: 'api_parsing_content-type-mismatch' });
  });

  it('names a query parameter that a route does not take', async () => {
    const refused = await problem('/things/1?filter[a][eq]=2');
    expect(refused).toMatchObject({ status: 400, reason: 'UNKNOWN_PARAMETER', pointer: 'filter[a][eq]' });
  });

  it.each([
    ['/things/%zz', 400, 'api_parsing_invalid-parameters'],
    ['/nothing', 404, 'api_request_not-found'],
    [`/things/${'x'.repeat(500)}`, 404, 'api_request_not-found'],
  ])('answers %s with %d', async (url, status, code) => {
    expect(await problem(url)).toMatchObject({ status, code });
  });

  it('tells nothing of a foreign error but that there was one, and reports it', async () => {
    const refused = await problem('/broken');
    expect(refused).toMatchObject({ status: 500, code: FOREIGN_ERROR_CODE });
    expect(JSON.stringify(refused)).not.toContain('secret');
    expect(reported).toEqual([expect.objectContaining({ message: 'select secret from things' })]);
  });
});
