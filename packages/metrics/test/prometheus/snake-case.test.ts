import { describe, expect, it } from '@jest/globals';
import { snakeCase } from '../../src/prometheus/snake-case.js';

describe('the label of an operation', () => {
  it.each([
    ['get', 'get'],
    ['getSessionById', 'get_session_by_id'],
    ['listByURL', 'list_by_url'],
    ['getHTTPStatus', 'get_http_status'],
    ['getV2Items', 'get_v2_items'],
    ['get2', 'get2'],
    ['GetUser', 'get_user'],
    ['get_user', 'get_user'],
    ['getAUser', 'get_a_user'],
    ['_private', '_private'],
  ])('of %s is %s', (name, label) => {
    expect(snakeCase(name)).toBe(label);
  });
});
