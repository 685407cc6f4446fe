import type { EntitySchema } from 'typeorm';

/** An entity of TypeORM: an EntitySchema or a decorated class. */
export type TestEntity = EntitySchema | (new () => object);
