import {
  createTestDatabase,
  type FaultProxy,
  startFaultProxy,
  type TestDatabase,
  testServerUrl,
} from '@holdfast/testing';
import { NoteRow } from './note-row.js';
import { NoteRepository } from './notes-under-test.js';

/** Notes in a database of their own, reached by way of a proxy that loses connections. */
export interface NotesBehindProxy {
  readonly proxy: FaultProxy;
  readonly made: TestDatabase;
  readonly notes: NoteRepository;
  close(): Promise<void>;
}

export async function notesBehindProxy(connections: number): Promise<NotesBehindProxy> {
  const server = await testServerUrl();
  const { hostname: host, port } = new URL(server);
  const proxy = await startFaultProxy({ host, port: Number(port || 5432) });
  const through = { url: proxy.through(server) };
  const made = await createTestDatabase({ entities: [NoteRow], through, pool: { max: connections } });
  return {
    proxy,
    made,
    notes: new NoteRepository(made.database),
    async close() {
      await made.close();
      await proxy.close();
    },
  };
}
