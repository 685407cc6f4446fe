import type { EntitySchema } from 'typeorm';
import { DomainRow } from './domain-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const domainEntities: readonly EntitySchema[] = Object.freeze([DomainRow] as EntitySchema[]);
