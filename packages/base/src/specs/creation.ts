import { InvalidInput } from '@holdfast/errors';
import { encodeValue, plainObject, type Scope, stampedValues } from '@holdfast/querier';
import { columnValues } from '../entity/column-values.js';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { propertyPointer } from '../entity/property-pointer.js';
import { newId } from '../new-id.js';
import { stampedBy } from './actor.js';
import type { IntegrityErrorCheck } from '../errors/integrity-error-check.js';
import type { EntityDefinition, Insertable } from './entity-definition.js';

/**
 * A row to create. Columns that are absent get their default from the database, or what the scope stamps; a key that is
 * one uuid is made here (version 7), once for all executions of the spec.
 */
export interface CreatorSpec<Row> {
  readonly values: Insertable<Row>;
  /**
   * Domain errors for violations that this row may meet; they come before those of the entity's definition.
   * Among many rows only where all that fit have the same `error`: which row it was is not known.
   */
  readonly integrityErrorChecks?: readonly IntegrityErrorCheck[];
  /**
   * Those of its values that were made for this call alone, by `newId()`: as a key, one proves what became of the row if
   * the answer is lost, and none is part of what an operation key is bound to. Default: none but the key that is made here.
   */
  readonly minted?: readonly string[];
}

/** The columns that one row gives, with their values in text form. */
export type Cells = readonly (readonly [MappedColumn, string | null])[];

/** A row that is about to be created in a scope. */
export interface Creation {
  /** The key that was made for it, once `cells` were asked for; null where the row gives it. */
  readonly key: string | null;
  /** What was made for it alone: its key, once `cells` were asked for, and what the spec says. */
  readonly minted: readonly string[];
  /** Its columns: what is given, what the scope and the actor stamp, and its key. Throws InvalidInput and OutsideScope. */
  cells(mapping: EntityMapping, actor: string | null | undefined, pointer: string): Cells;
}

/** `mint` makes its key, once. */
export function creationOf<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  spec: CreatorSpec<Row>,
  mint: () => string = newId,
): Creation {
  return new CreationInScope(definition, scope, spec, mint);
}

class CreationInScope<Row extends object, Data, Id> implements Creation {
  key: string | null = null;
  readonly #definition: EntityDefinition<Row, Data, Id>;
  readonly #scope: Scope<Row>;
  readonly #spec: CreatorSpec<Row>;
  readonly #mint: () => string;

  constructor(
    definition: EntityDefinition<Row, Data, Id>,
    scope: Scope<Row>,
    spec: CreatorSpec<Row>,
    mint: () => string,
  ) {
    this.#definition = definition;
    this.#scope = scope;
    this.#spec = spec;
    this.#mint = mint;
  }

  get minted(): readonly string[] {
    return [...(this.#spec.minted ?? []), ...(this.key === null ? [] : [this.key])];
  }

  cells(mapping: EntityMapping, actor: string | null | undefined, pointer: string): Cells {
    const { values } = plainObject(this.#spec, pointer === '' ? '/spec' : pointer) as Partial<CreatorSpec<Row>>;
    const given = columnValues(mapping, values, pointer === '' ? '/values' : pointer);
    const inScope = stampedValues(this.#scope, given);
    const stamped = stampedBy(this.#definition.actor, ['created', 'updated'], inScope, actor);
    const column = keyToMint(mapping);
    const isMissing = column !== null && (stamped as Record<string, unknown>)[column.property] === undefined;
    return encodedRow(mapping, stamped, pointer, isMissing ? [column, (this.key ??= this.#mint())] : null);
  }
}

/** The key that is made here for rows which give none: of an entity whose key is one uuid; else null. */
export function keyToMint({ primaryKey }: EntityMapping): MappedColumn | null {
  const [column] = primaryKey;
  if (column === undefined || primaryKey.length > 1 || column.type.kind !== 'uuid') return null;
  return column.type.conversion === undefined ? column : null;
}

/** The columns that a row has, with their values in text form: those given, and `key`. Throws InvalidInput for what cannot be stored. */
function encodedRow(mapping: EntityMapping, values: object, pointer: string, key: Cells[number] | null): Cells {
  const encoded: (readonly [MappedColumn, string | null])[] = [];
  for (const property of Object.keys(values)) {
    const value = (values as Record<string, unknown>)[property];
    if (value === undefined) continue;
    const column = mapping.columns.get(property);
    if (column === undefined || !column.insertable) throw notGiven(property, pointer);
    encoded.push([column, encodeValue(column.type, value, pointer + column.pointer)]);
  }
  if (key !== null) {
    if (!key[0].insertable) throw notGiven(key[0].property, pointer);
    encoded.push(key);
  }
  for (const cell of mapping.initial) {
    if (!encoded.some(([given]) => given === cell[0])) encoded.push(cell);
  }
  return encoded;
}

function notGiven(property: string, pointer: string): InvalidInput {
  return new InvalidInput(
    'UNKNOWN_FIELD',
    `${property} cannot be given to a new row.`,
    pointer + propertyPointer(property),
  );
}
