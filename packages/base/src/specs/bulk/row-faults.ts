import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import { OutsideScope } from '@holdfast/querier';
import { DatabaseError } from '../../errors/database-error.js';
import type { StatementWrite } from '../spec.js';

// What may be wrong with one row and not with another (PostgreSQL appendix A), by code or class: a row that is upserted
// twice (21000), what is no value of its column (22), constraints (23), what policies (42501) and views (44) refuse, what
// is too large for an index (54), what triggers raise (P0001, 09, 38, 39), and classes of somebody's own.
const ofRows = /^(21000|22|23|09|38|39|42501|44|54|P0001|(?!XX|P0|HV)[I-Z])/;

/** Thrown where some of several rows were left out: which ones, each tells alone. */
export class LeftOut extends Error {}

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
        const failure = (error: HoldfastError): HoldfastError => this.#told(error, planned.failure?.(error) ?? error);
        return { ...planned, checksDeferred: true, failure };
      } catch (error) {
        if (error instanceof InvalidInput || error instanceof OutsideScope) this.#errors.add(error);
        throw error;
      }
    };
    return Object.freeze({ ...spec, plan });
  }

  #told(error: HoldfastError, told: HoldfastError): HoldfastError {
    if (isOfRows(error) && !(told instanceof Misuse)) this.#errors.add(told);
    return told;
  }
}

function isOfRows(error: HoldfastError): boolean {
  if (!(error instanceof DatabaseError) || error.retryable || !ofRows.test(error.sqlState ?? '')) return false;
  // What is not granted is granted for no row; the code alone does not tell it from a policy's refusal.
  const { routine } = error.cause as { readonly routine?: unknown };
  return !(typeof routine === 'string' && routine.startsWith('aclcheck_error'));
}
