import { type ColumnShape, columnType } from '@holdfast/querier';
import { Misuse } from '@holdfast/errors';
import { UniqueViolation } from '../errors/database-error.js';
import { OperationKeyReused } from '../errors/operation-key-reused.js';
import { newId } from '../new-id.js';
import { readSpec, type ReadSpec } from '../specs/spec.js';
import { Statement, type Step } from '../wire/statement.js';
import { digest } from './digest.js';
import { KeyTaken } from './key-taken.js';
import { OperationKey } from './operation-key.js';
import { OPERATION_TABLE } from './operation-table.js';

const text = (property: string): ColumnShape => ({ property, sql: property, type: columnType('text'), nullable: true });
const texts = (...properties: readonly string[]) => ({ columns: properties.map(text), extra: [], keys: [], leads: 0 });

const insertion = `INSERT INTO ${OPERATION_TABLE} (scope, key, operation, payload, call) VALUES ($1, $2, $3, $4, $5)`;
const insert = new Statement(insertion, null);
const insertUnlessThere = Statement.once(`${insertion} ON CONFLICT DO NOTHING RETURNING call`, texts('call'));
const update = new Statement(`UPDATE ${OPERATION_TABLE} SET answer = $3 WHERE scope = $1 AND key = $2`, null);
const select = new Statement(
  `SELECT operation, payload, answer FROM ${OPERATION_TABLE} WHERE scope = $1 AND key = $2`,
  texts('operation', 'payload', 'answer'),
);
const selectCall = Statement.once(
  `SELECT call FROM ${OPERATION_TABLE} WHERE scope = $1 AND key = $2 AND call = $3`,
  texts('call'),
);

interface KeyRow {
  readonly operation: string;
  readonly payload: string;
  readonly answer: string | null;
}

/** What one write with an operation key is bound to. */
export interface KeyedWriteArgs {
  /** Its name. */
  readonly operation: string;
  /** Whose it is, as a text that is equal for equal scopes; empty where the operation does not say. */
  readonly scope?: string | undefined;
  /** What the operation itself asks for, as a text that is equal for equal payloads. */
  readonly payload?: string | undefined;
  /** Who acts. */
  readonly actor?: string | undefined;
}

/** One call of a write with an operation key: what it sends to the table of keys, and what it finds there. */
export class KeyedWrite {
  readonly key: OperationKey;
  /**
   * Goes in front of what the write does, in the same transaction. Where another transaction with the key is under way it
   * waits for its end; where one was committed it is refused, and all that comes after it (PostgreSQL 64.5).
   */
  readonly insertion: Step;
  /** The same for who looks what became of it: where the key is there already, nothing is returned. */
  readonly attempt: Step;
  /** Finds the row of the key if it is this call that has stored it. */
  readonly own: Step;
  readonly #operation: string;
  readonly #scope: string;
  readonly #payload: string;

  /** Throws Misuse for a key that `operationKey` has not made. */
  constructor(key: OperationKey, { operation, scope = '', payload = '', actor }: KeyedWriteArgs) {
    if (!(key instanceof OperationKey)) throw new Misuse('An operation key is made by operationKey().');
    this.key = key;
    this.#operation = operation;
    this.#scope = digest(JSON.stringify([scope, key.scope]));
    this.#payload = digest(JSON.stringify([payload, key.payload, actor ?? null]));
    const call = newId();
    const values = [this.#scope, key.text, operation, this.#payload, call];
    this.insertion = { statement: insert, values };
    this.attempt = { statement: insertUnlessThere, values };
    this.own = { statement: selectCall, values: [this.#scope, key.text, call] };
  }

  /** Whether an error says that the key is there already, and that it was not this call that has stored it. */
  isTaken(error: unknown): boolean {
    return error instanceof KeyTaken || (error instanceof UniqueViolation && error.table === OPERATION_TABLE);
  }

  /** Throws why its own insertion failed: KeyTaken, or what else it was. */
  readonly explained = (error: unknown): never => {
    throw this.isTaken(error) ? new KeyTaken() : error;
  };

  /** Keeps the answer for calls that come again; goes with COMMIT. */
  keep(answer: string): Step {
    return { statement: update, values: [this.#scope, this.key.text, answer] };
  }

  /**
   * The answer that was kept; null where none was. Throws OperationKeyReused where the key stands for something else.
   */
  get recollection(): ReadSpec<string | null> {
    return readSpec(this.#operation, () => ({
      statement: select,
      values: [this.#scope, this.key.text],
      finish: ({ rows }) => this.#recalled(rows[0] as KeyRow | undefined),
    }));
  }

  /** One that is not there any more was done all the same. */
  #recalled(row: KeyRow | undefined): string | null {
    if (row === undefined) return null;
    if (row.operation !== this.#operation || row.payload !== this.#payload) throw new OperationKeyReused();
    return row.answer;
  }
}
