import type { CursorCodec } from '@holdfast/querier';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { EntityMapping } from './entity-mapping.js';
import { mapEntity } from './map-entity.js';

/** What a spec is compiled with: the entities of one DataSource, mapped when they are first used. */
export class EntityCatalog {
  readonly cursors: CursorCodec | null;
  readonly #dataSource: DataSource;
  readonly #mappings = new Map<unknown, EntityMapping>();

  constructor(dataSource: DataSource, cursors: CursorCodec | null) {
    this.#dataSource = dataSource;
    this.cursors = cursors;
  }

  mappingOf(entity: EntityTarget<ObjectLiteral>): EntityMapping {
    let mapping = this.#mappings.get(entity);
    if (mapping === undefined) {
      mapping = mapEntity(this.#dataSource, entity, (other) => this.mappingOf(other));
      this.#mappings.set(entity, mapping);
    }
    return mapping;
  }
}
