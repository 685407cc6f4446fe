// One PostgreSQL for the whole run: the one that DATABASE_URL names, or an embedded one with fast settings.
import './typescript.mjs';

export default async function setUp() {
  process.env.HOLDFAST_TEST_DATABASE_URL ||= process.env.DATABASE_URL || (await startServer());
}

async function startServer() {
  const { startEmbeddedPostgres } = await import('../packages/embedded-postgres/src/index.ts');
  globalThis.holdfastTestServer = await startEmbeddedPostgres({ durability: 'fast' });
  return globalThis.holdfastTestServer.url;
}
