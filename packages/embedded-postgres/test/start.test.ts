import { expect, it } from '@jest/globals';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';

it('starts', async () => {
  const server = await startEmbeddedPostgres({ durability: 'fast' });
  expect(process.env['HOLDFAST_TEST_DATABASE_URL']).toMatch(/^postgres:/);
  await server.stop();
});
