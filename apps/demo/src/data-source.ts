import { agentEntities } from '@holdfast/agent-repository/entities';
import { guardedPool } from '@holdfast/base';
import { sessionEntities } from '@holdfast/session-repository/entities';
import { DataSource } from 'typeorm';

/** The DataSource of the demo, not yet connected. */
export function dataSourceOf(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [...sessionEntities, ...agentEntities],
    ...guardedPool(),
  });
}
