import type { Plan } from '../specs/spec.js';
import type { Trip } from '../specs/trips.js';
import { emptySink, type RowSink, rowSink } from '../wire/row-sink.js';
import type { Statement, Step } from '../wire/statement.js';

/** What one statement answered, as it came over the wire. */
interface AnswerTexts {
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
    const answered = [...this.before.flatMap(({ into }) => (into === undefined ? [] : [into])), last];
    return JSON.stringify(answered.map(({ rows, affected }) => ({ rows, affected })));
  }

  /** The result that the operation makes of answers; may throw as the operation does. */
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

function fill(sink: RowSink, statement: Statement, { rows, affected }: AnswerTexts): void {
  emptySink(sink);
  sink.affected = affected;
  for (const row of rows) statement.read(row, sink);
}
