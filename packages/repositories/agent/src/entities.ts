import type { EntitySchema } from 'typeorm';
import { AgentRow } from './agent-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const agentEntities: readonly EntitySchema[] = Object.freeze([AgentRow] as EntitySchema[]);
