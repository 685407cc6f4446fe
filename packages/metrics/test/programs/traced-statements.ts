// What instrumentation-pg shows of the statements of a Database; pg-instrumentation.test.ts runs it. A program of its own,
// because the instrumentation patches what Node requires, and Jest has a `require` of its own.
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const durations = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: durations });
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
new PgInstrumentation();

// Only what is loaded from here on is patched.
const { Database, entityOperations } = await import('@holdfast/base');
const { EntityAlreadyExists, EntityNotFound } = await import('@holdfast/errors');
const { OpenTelemetryObserver, TracingPolicy } = await import('@holdfast/metrics/opentelemetry');
const { unscoped } = await import('@holdfast/querier');
const { repositoryResilience, Resilience, sourceResilience } = await import('@holdfast/resilience');
const { createTestDatabase } = await import('@holdfast/testing');
const { DataSource, EntitySchema } = await import('typeorm');

interface NoteRow {
  readonly id: number;
  readonly text: string;
}
const NoteRow = new EntitySchema<NoteRow>({
  name: 'Note',
  tableName: 'notes',
  columns: { id: { type: 'int', primary: true }, text: { type: 'text' } },
});
const notes = entityOperations<NoteRow, NoteRow, number>({
  entity: NoteRow,
  toData: (row) => row,
  notFound: (id) => new EntityNotFound('note', `There is no note ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('note'),
});
const anyone = unscoped('a test of traces');

const tracing = new TracingPolicy();
const repository = new Resilience({ policies: [tracing, ...repositoryResilience('note_repository').policies] });
const source = new Resilience({ policies: [tracing, ...sourceResilience('note_db_source').policies] });

/** Every span as the path that leads to it, and how often each duration was recorded. */
async function told(work: () => Promise<unknown>): Promise<object> {
  exporter.reset();
  await work();
  const spans = exporter.getFinishedSpans();
  await reader.forceFlush();
  const recorded = durations.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  durations.reset();
  const counts = recorded
    .filter(({ descriptor }) => descriptor.name.endsWith('operation.duration'))
    .map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.reduce((sum, { value }) => sum + (value as { readonly count: number }).count, 0),
    ]);
  return { paths: spans.map((span) => path(span, spans)).sort(), durations: Object.fromEntries(counts) as object };
}

function path(span: ReadableSpan, all: readonly ReadableSpan[]): string {
  const parent = all.find((each) => each.spanContext().spanId === span.parentSpanContext?.spanId);
  const name = span.name.replace(/ holdfast_test\w+$/, '');
  return parent === undefined ? name : `${path(parent, all)} > ${name}`;
}

const { database, dataSource, url, close } = await createTestDatabase({ entities: [NoteRow], pool: { max: 2 } });
const stock = await new DataSource({ type: 'postgres', url, entities: [NoteRow], extra: { max: 1 } }).initialize();
const overStock = new Database(stock);
const observer = new OpenTelemetryObserver();

const getNote = (from: typeof database): Promise<NoteRow> =>
  repository.execute('getNote', () => source.execute('getNote', () => from.execute(notes.get(anyone, 1))));

await dataSource.query(`INSERT INTO notes VALUES (1, 'first')`);
await getNote(database);
await getNote(overStock);
await told(() => Promise.resolve());

const shown = {
  guarded: await told(() => getNote(database)),
  typeorm: await told(() => source.execute('countNotes', () => dataSource.getRepository(NoteRow).count())),
  stock: await told(() => getNote(overStock)),
  // Connections are handed from one call to the other.
  crowd: await told(() =>
    Promise.all(['a', 'b', 'c'].map((name) => source.execute(name, () => stock.query('SELECT 1')))),
  ),
};

observer.stop();
await overStock.close();
await stock.destroy();
await close();
console.log(JSON.stringify(shown, null, 2));
