import type {
  CommitResolved,
  EventSource,
  OperationExecuted,
  OperationReplayed,
  OperationSlow,
} from '@holdfast/operation';
import { Cells } from '../cells.js';
import { FigureSource } from '../figure-source.js';
import { FiguresCell } from '../figures-cell.js';
import { KnownCells } from '../known-cells.js';
import { LabelValues, OTHER } from '../label-values.js';
import { numbersOf } from '../numbers-of.js';
import { DatabaseCell } from './database-cell.js';
import type { DatabaseFigures, PoolFigures } from './database-figures.js';
import { ExecutionCell } from './execution-cell.js';
import { RecoveryCell } from './recovery-cell.js';

/** What happens in a Database. */
export type DatabaseEvent = OperationExecuted | OperationSlow | OperationReplayed | CommitResolved;

export interface DatabaseCountsArgs {
  readonly databases: Readonly<Record<string, DatabaseFigures>>;
  readonly maxLabelValues: number;
  readonly labelOf: (operation: string) => string;
}

/** Counts what happens in Databases: those that were given under their names, and all others as `_other`. */
export class DatabaseCounts {
  readonly pools: Cells<'database', FiguresCell<'database', PoolFigures>>;
  readonly databases: Cells<'database', DatabaseCell>;
  readonly executions: Cells<'database' | 'entity' | 'operation', ExecutionCell>;
  readonly recoveries: Cells<'database' | 'operation', RecoveryCell>;
  readonly #given = new Map<EventSource, DatabaseCell>();
  readonly #labelOf: (operation: string) => string;
  readonly #known: KnownCells<ExecutionCell>;
  #other: DatabaseCell | null = null;

  constructor({ databases, maxLabelValues, labelOf }: DatabaseCountsArgs) {
    const verdict = new LabelValues(maxLabelValues);
    this.#labelOf = labelOf;
    this.#known = new KnownCells(maxLabelValues);
    this.pools = new Cells(['database'], maxLabelValues, (labels) => new FiguresCell(labels));
    this.databases = new Cells(['database'], maxLabelValues, (labels) => new DatabaseCell(labels));
    this.executions = new Cells(
      ['database', 'entity', 'operation'],
      maxLabelValues,
      (labels) => new ExecutionCell(labels),
    );
    this.recoveries = new Cells(
      ['database', 'operation'],
      maxLabelValues,
      (labels) => new RecoveryCell(labels, verdict),
    );
    for (const [name, database] of Object.entries(databases)) {
      this.#given.set(database, this.databases.of({ database: name }));
      const pool = new FigureSource(`the pool of the database '${name}'`, () =>
        numbersOf(database.poolFigures(), ['max', 'total', 'idle', 'waiting']),
      );
      this.pools.of({ database: name }).sources.push(pool);
    }
  }

  knows(source: EventSource): boolean {
    return this.#given.has(source);
  }

  count(event: DatabaseEvent): void {
    switch (event.kind) {
      case 'executed':
        this.#execute(event);
        return;
      case 'slow':
        this.#execution(event).slow += 1;
        return;
      case 'replayed':
        this.#recovery(event).replays += 1;
        return;
      case 'commit-resolved':
        this.#recovery(event).resolutions.count(event.verdict);
        this.#database(event.source).resolutions.observe(event.durationMs);
    }
  }

  #execute(event: OperationExecuted): void {
    const cell = this.#execution(event);
    if (event.error === null) cell.succeeded += 1;
    else cell.failed += 1;
    cell.statements += event.statements;
    this.#database(event.source).waitedMs += event.waitedMs;
  }

  #database(source: EventSource): DatabaseCell {
    return this.#given.get(source) ?? (this.#other ??= this.databases.of({ database: OTHER }));
  }

  #execution(event: OperationExecuted | OperationSlow): ExecutionCell {
    const database = this.#database(event.source);
    const entity = event.entity ?? '';
    const name = `${event.operation}\n${entity}`;
    let cell = this.#known.get(database, name);
    if (cell === undefined) {
      cell = this.executions.of({ ...database.labels, entity, operation: this.#labelOf(event.operation) });
      this.#known.remember(database, name, cell);
      this.#recovery(event); // What it counts may come, and the first one shall be seen as an increase.
    }
    return cell;
  }

  #recovery({ source, operation }: DatabaseEvent): RecoveryCell {
    return this.recoveries.of({ ...this.#database(source).labels, operation: this.#labelOf(operation) });
  }
}
