import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import { OutsideScope } from '@holdfast/querier';
import { DatabaseError, IntegrityViolation, InvalidData } from '../../errors/database-error.js';
import type { StatementWrite } from '../spec.js';

// An upsert would change a row twice (PostgreSQL appendix A).
const REPEATED_ROW = '21000';

/** Not all rows were stored, and which of them is not told: alone, each tells. */
export class LeftOut extends Misuse {
  constructor() {
    super('Some of these rows were not stored.');
  }
}

/** Tells errors that lie in what was given from those that would have met anything: of the way, of the scope, of us. */
export class RowFaults {
  readonly #errors = new WeakSet<HoldfastError>();

  has(error: unknown): error is HoldfastError {
    if (error instanceof LeftOut) return true;
    return typeof error === 'object' && error !== null && this.#errors.has(error as HoldfastError);
  }

  /** The spec, whose faults are known here when they come. */
  watched<Result>(spec: StatementWrite<Result>): StatementWrite<Result> {
    const plan: StatementWrite<Result>['plan'] = (catalog, actor) => {
      try {
        const planned = spec.plan(catalog, actor);
        return { ...planned, failure: (error) => this.#told(error, planned.failure?.(error) ?? error) };
      } catch (error) {
        if (error instanceof InvalidInput || error instanceof OutsideScope) this.#errors.add(error);
        throw error;
      }
    };
    return Object.freeze({ ...spec, plan });
  }

  #told(error: HoldfastError, told: HoldfastError): HoldfastError {
    const isOfRows = error instanceof IntegrityViolation || error instanceof InvalidData;
    const isRepeated = error instanceof DatabaseError && error.sqlState === REPEATED_ROW;
    if (isOfRows || isRepeated) this.#errors.add(told);
    return told;
  }
}
