import { OperationAlreadyDone } from '../errors/operation-already-done.js';
import type { Plan } from '../specs/spec.js';
import type { Trip } from '../specs/trips.js';
import { emptySink, type RowSink, rowSink } from '../wire/row-sink.js';
import type { Statement, Step } from '../wire/statement.js';

/** What one statement answered, as it came over the wire. */
interface AnswerTexts {
  /** The columns of the rows. */
  readonly columns: string;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly affected: number;
}

/**
 * A trip whose answers arrive as texts, so that they can be kept and be read again as if they had come anew: whatever the
 * operation makes of its rows, it makes the same of them each time.
 */
export class KeptAnswer<Result> {
  /** The statements to send instead. */
  readonly step: Step;
  readonly before: readonly Step[];
  readonly #plan: Plan<Result>;
  readonly #originals: readonly Step[];

  constructor({ plan, before }: Trip<Result>) {
    this.#plan = plan;
    this.#originals = before;
    this.step = { statement: plan.statement.inTexts, values: plan.values };
    this.before = before.map((each) =>
      each.into === undefined ? each : { ...each, statement: each.statement.inTexts, into: rowSink() },
    );
  }

  /** The answers as one text, given that of the last statement. */
  text(last: RowSink): string {
    const answered = [...this.before, { statement: this.step.statement, into: last }];
    return JSON.stringify(
      answered.flatMap(({ statement, into }) =>
        into === undefined ? [] : [{ columns: columnsOf(statement), rows: into.rows, affected: into.affected }],
      ),
    );
  }

  /**
   * The result that the operation makes of answers; may throw as the operation does. Throws OperationAlreadyDone for
   * answers that have other columns: the entity has changed since.
   */
  finish(text: string): Result {
    const answers = JSON.parse(text) as AnswerTexts[];
    for (const { statement, into } of this.#originals) {
      if (into !== undefined) fill(into, statement, answers.shift()!);
    }
    const sink = rowSink();
    fill(sink, this.#plan.statement, answers.shift()!);
    return this.#plan.finish(sink);
  }
}

function fill(sink: RowSink, statement: Statement, { columns, rows, affected }: AnswerTexts): void {
  if (columns !== columnsOf(statement)) throw new OperationAlreadyDone();
  emptySink(sink);
  sink.affected = affected;
  for (const row of rows) statement.read(row, sink);
}

function columnsOf({ format }: Statement): string {
  return format === null ? '' : format.columns.map(({ sql, type }) => `${sql} ${type.sql}`).join();
}
