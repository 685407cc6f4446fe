import type { HoldfastError } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { DatabaseError } from '../../errors/database-error.js';
import { newId } from '../../new-id.js';
import type { CreatorSpec } from '../creation.js';
import { creationFailure } from '../creation-failure.js';
import type { EntityDefinition } from '../entity-definition.js';
import type { CopySpec, UnitOfWork } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import { alikeValues } from './alike-values.js';
import { copiedRows } from './copied-rows.js';
import { copyable } from './copyable.js';
import { missingSequence } from './insertion.js';
import { stampOf } from './stamp-of.js';

/** Stores pieces of a bulk by COPY, within one unit of work. */
export class Copier<Row extends object, Data, Id> {
  readonly #definition: EntityDefinition<Row, Data, Id>;
  readonly #scope: Scope<Row>;
  readonly #unit: UnitOfWork;
  // Null until it was asked for; rows of a scope that looks at each of them are never written down for COPY.
  #mayCopy: boolean | null;
  #hasCopied = false;

  constructor(definition: EntityDefinition<Row, Data, Id>, scope: Scope<Row>, unit: UnitOfWork) {
    this.#definition = definition;
    this.#scope = scope;
    this.#unit = unit;
    this.#mayCopy = stampOf(scope) === null ? false : null;
  }

  /**
   * How many of the rows were stored, all of them unless a trigger made others of them; null where they have to go in
   * statements: where COPY would do something else, where the rows do not all give the same, and where they are the last and
   * none were copied before: a statement takes fewer trips than a first COPY does.
   */
  async store(specs: readonly CreatorSpec<Row>[], isLast: boolean): Promise<number | null> {
    if (!this.#hasCopied && isLast) return null;
    // With the existence checks of the scope, before the first row.
    this.#mayCopy ??= await this.#unit.execute(
      tripWithinScope(this.#definition, this.#scope, copyable(this.#definition), true),
    );
    if (!this.#mayCopy) return null;
    const spec = this.#rows(specs);
    if (this.#hasCopied) return this.#unit.copy(spec);
    // Only the first can be refused for what the table is: it locks the table.
    const stored = await this.#unit
      .savepoint((inner) => inner.copy(spec))
      .catch((error: unknown) => {
        if (!(error instanceof DatabaseError) || error.sqlState !== FEATURE_NOT_SUPPORTED) throw error;
        this.#mayCopy = false;
        return null;
      });
    this.#hasCopied = stored !== null;
    return stored;
  }

  #rows(specs: readonly CreatorSpec<Row>[]): CopySpec {
    const definition = this.#definition;
    return {
      plan: (catalog, actor) => {
        const mapping = catalog.mappingOf(definition.entity);
        const alike = alikeValues(definition, mapping, this.#scope, specs, actor, () => newId());
        const rows = alike === null ? null : copiedRows(mapping, alike, specs.length);
        const failure = (error: HoldfastError): HoldfastError =>
          missingSequence(mapping, error) ?? creationFailure(definition, mapping, specs, error);
        return rows === null ? null : { ...rows, failure };
      },
    };
  }
}

/** What PostgreSQL answers to COPY under row-level security. */
const FEATURE_NOT_SUPPORTED = '0A000';
