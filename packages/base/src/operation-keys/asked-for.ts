import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { EntityDefinition } from '../specs/entity-definition.js';
import type { WriteSpec } from '../specs/spec.js';
import { payloadOf } from './payload-of.js';

/**
 * What an operation of several statements asks for, told by an operation of one statement that asks for the same; by its
 * entity alone, where there is none that can be compiled.
 */
export function askedFor<Row extends object, Data, Id>(
  { entity }: EntityDefinition<Row, Data, Id>,
  same: () => WriteSpec<unknown> | null,
): (catalog: EntityCatalog, actor: string | null) => string {
  return (catalog, actor) => {
    const { table } = catalog.mappingOf(entity);
    try {
      const spec = same();
      return spec !== null && 'plan' in spec ? payloadOf(spec.plan(catalog, actor)) : table;
    } catch {
      // What is wrong with it is found, and said, by the operation itself.
      return table;
    }
  };
}
