import type { OracleEntity, OracleRelation } from '../../../querier/test/oracle/oracle-entity.js';
import type { FuzzedColumn } from './fuzzed-column.js';
import { ownerColumns, thingColumns } from './fuzzed-rows.js';

/** An entity as the oracle knows it. */
export interface FuzzedEntity extends OracleEntity {
  readonly name: 'thing' | 'owner';
  readonly fuzzed: Readonly<Record<string, FuzzedColumn>>;
  readonly relations: Readonly<Record<string, FuzzedRelation>>;
}

export interface FuzzedRelation extends OracleRelation {
  readonly target: FuzzedEntity;
}

/** The name of the table between things and owners, in the oracle's world. */
export const LIKINGS = 'liking';

const one = (target: FuzzedEntity, own: string): FuzzedRelation => ({
  many: false,
  target,
  on: [[own, 'id']],
  junction: null,
});

const across = (target: FuzzedEntity, own: string, other: string): FuzzedRelation => ({
  many: true,
  target,
  on: [['id', own]],
  junction: { table: LIKINGS, on: [[other, 'id']] },
});

function entity(
  name: FuzzedEntity['name'],
  fuzzed: FuzzedEntity['fuzzed'],
  relations: () => FuzzedEntity['relations'],
): FuzzedEntity {
  return {
    name,
    fuzzed,
    columns: Object.fromEntries(Object.entries(fuzzed).map(([property, { oracle }]) => [property, oracle])),
    // Asked for later, since they lead in circles.
    get relations() {
      return relations();
    },
    primaryKey: ['id'],
  };
}

export const thing: FuzzedEntity = entity('thing', thingColumns, () => ({
  owner: one(owner, 'ownerId'),
  fans: across(owner, 'thingId', 'fanId'),
}));

export const owner: FuzzedEntity = entity('owner', ownerColumns, () => ({
  boss: one(owner, 'bossId'),
  things: { many: true, target: thing, on: [['id', 'ownerId']], junction: null },
  favorites: across(thing, 'fanId', 'thingId'),
}));
