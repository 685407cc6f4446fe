import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { context, trace, metrics } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
const exporter = new InMemorySpanExporter();
const started: string[] = [];
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), { onStart: (s) => void started.push(s.name), onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} }] });
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
new PgInstrumentation();
const { createTestDatabase } = await import('@holdfast/testing');
const { entityOperations } = await import('@holdfast/base');
const { unscoped } = await import('@holdfast/querier');
const { EntitySchema } = await import('typeorm');
const { TracingPolicy } = await import('@holdfast/metrics/opentelemetry');
const { Resilience } = await import('@holdfast/resilience');
interface NoteRow { id: number; text: string }
const NoteRow = new EntitySchema<NoteRow>({ name: 'Note', tableName: 'notes', columns: { id: { type: 'int', primary: true }, text: { type: 'text' } } });
const db = await createTestDatabase({ entities: [NoteRow], pool: { max: 2 } });
const notes = entityOperations({ entity: NoteRow, toData: (row: NoteRow) => ({ ...row }) });
const r = new Resilience({ policies: [new TracingPolicy({ layer: { domain: 'db_source', layer: 'notes' } })] });
const show = async (name: string, fn: () => Promise<unknown>) => {
  exporter.reset(); started.length = 0;
  try { await r.execute(name, fn); } catch (e) { console.log(e); }
  await new Promise((resolve) => setTimeout(resolve, 50));
  const byId = new Map(exporter.getFinishedSpans().map((s) => [s.spanContext().spanId, s.name]));
  console.log(name, { started: [...started], ended: exporter.getFinishedSpans().map((s) => `${s.name} < ${byId.get(s.parentSpanContext?.spanId ?? '')} ${JSON.stringify(s.attributes)} ${JSON.stringify(s.status)}`) });
};
const anyone = unscoped('probe');
await show('create', () => db.database.execute(notes.create(anyone, { id: 1, text: 'x' })));
await show('get', () => db.database.execute(notes.get(anyone, 1)));
await show('get2', () => db.database.execute(notes.get(anyone, 1)));
await show('duplicate', () => db.database.execute(notes.create(anyone, { id: 1, text: 'x' })).catch(() => {}));
await show('update', () => db.database.execute(notes.update(anyone, 1, { text: 'y' })));
await show('session', () => db.database.beginSession(async (s) => { await s.execute(notes.get(anyone, 1)); await s.sql`SELECT 1`; await s.manager.query('SELECT 2'); }));
await show('typeorm', () => db.dataSource.query('SELECT 3'));
await db.close();
