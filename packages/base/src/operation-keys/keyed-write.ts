import { type ColumnShape, columnType } from '@holdfast/querier';
import { UniqueViolation } from '../errors/database-error.js';
import { OperationKeyReused } from '../errors/operation-key-reused.js';
import { readSpec, type ReadSpec } from '../specs/spec.js';
import { Statement, type Step } from '../wire/statement.js';
import { digest } from './digest.js';
import type { OperationKey } from './operation-key.js';
import { OPERATION_TABLE } from './operation-table.js';

const text = (property: string): ColumnShape => ({ property, sql: property, type: columnType('text'), nullable: true });

const insert = new Statement(
  `INSERT INTO ${OPERATION_TABLE} (scope, key, operation, payload) VALUES ($1, $2, $3, $4)`,
  null,
);
const update = new Statement(`UPDATE ${OPERATION_TABLE} SET answer = $3 WHERE scope = $1 AND key = $2`, null);
const select = new Statement(
  `SELECT operation, payload, answer FROM ${OPERATION_TABLE} WHERE scope = $1 AND key = $2`,
  {
    columns: [text('operation'), text('payload'), text('answer')],
    extra: [],
    keys: [],
    leads: 0,
  },
);

interface KeyRow {
  readonly operation: string;
  readonly payload: string;
  readonly answer: string | null;
}

/** One write with an operation key: what it sends to the table of keys, and what it finds there. */
export class KeyedWrite {
  readonly key: OperationKey;
  /**
   * Goes in front of what the write does, in the same transaction. Where another transaction with the key is under way it
   * waits for its end; where one was committed it is refused, and all that comes after it (PostgreSQL 64.5).
   */
  readonly insertion: Step;
  readonly #operation: string;
  readonly #scope: string;
  readonly #payload: string;

  /** `payload` is what the operation itself asks for, as a text that is equal for equal payloads. */
  constructor(key: OperationKey, operation: string, scope: string, payload: string) {
    this.key = key;
    this.#operation = operation;
    this.#scope = digest(JSON.stringify([scope, key.scope]));
    this.#payload = digest(JSON.stringify([payload, key.payload]));
    this.insertion = { statement: insert, values: [this.#scope, key.text, operation, this.#payload] };
  }

  /** Whether an error says that the key is there already. */
  isTaken(error: unknown): boolean {
    return error instanceof UniqueViolation && error.table === OPERATION_TABLE;
  }

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
