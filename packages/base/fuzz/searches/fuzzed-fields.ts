import { fields, type FieldSet, orderExpression } from '@holdfast/querier';
import type { OwnerRow, ThingRow } from './fuzzed-rows.js';
import { MOODS } from './fuzzed-values.js';

const equality = ['eq', 'ne', 'in', 'notIn'] as const;
const ranged = [...equality, 'lt', 'lte', 'gt', 'gte'] as const;
const pattern = ['contains', 'startsWith', 'endsWith', 'ieq', 'icontains', 'istartsWith', 'iendsWith', 'iin'] as const;
const listed = ['has', 'hasAny', 'hasAll', 'isEmpty'] as const;
const json = ['contains', 'hasKey', 'at', 'isNull'] as const;

/** Ordered by under the name `shouting`; not to be seen. */
export const SHOUTING = 'lower({title})';

/** What the outside may ask of things: all types, all operators, some names other than those of the row, and not all columns. */
export const thingFields: FieldSet<ThingRow> = fields({
  id: { type: 'uuid', operators: ranged, order: true },
  name: { type: 'text', operators: [...ranged, ...pattern], order: true },
  nick: { type: 'text', column: 'name', operators: ['eq', 'contains'] },
  heading: { type: 'text', column: 'title', operators: [...ranged, ...pattern, 'isNull'], order: true },
  small: { type: 'integer', operators: [...ranged, 'isNull'] },
  rank: { type: 'integer', operators: ranged, order: true, fewTies: true },
  views: { type: 'bigint', operators: [...ranged, 'isNull'], order: true },
  price: { type: 'decimal', operators: [...ranged, 'isNull'], order: true },
  ratio: { type: 'number', operators: [...ranged, 'isNull'], order: true },
  weight: { type: 'number', operators: [...ranged, 'isNull'], order: true },
  isPinned: { type: 'boolean', operators: equality, order: true },
  mood: { type: 'text', values: MOODS, operators: [...equality, 'isNull'], order: true },
  // Whoever does not list the values of an enum.
  temper: { type: 'text', column: 'mood', operators: ['eq', 'ne', 'in'] },
  createdAt: { type: 'timestamp', operators: ranged, order: true },
  dueAt: { type: 'timestamp', operators: [...ranged, 'isNull'], order: true },
  day: { type: 'date', operators: [...ranged, 'isNull'], order: true },
  time: { type: 'time', operators: [...ranged, 'isNull'], order: true },
  tags: { type: 'text', operators: [...listed, 'isNull'] },
  scores: { type: 'integer', operators: listed },
  moods: { type: 'text', operators: listed },
  facts: { type: 'json', operators: json },
  notes: { type: 'json', operators: ['isNull'] },
  hidden: { type: 'text', column: 'secret', order: true, selected: false },
  ownerName: { type: 'text', order: 'owner.name' },
  bossLevel: { type: 'integer', order: 'owner.boss.level' },
  shouting: { type: 'text', order: orderExpression<ThingRow>({ sql: SHOUTING, type: 'text' }), selected: false },
  owner: { relation: 'owner', operators: ['is', 'exists'], fields: () => ownerFields },
  fans: { relation: 'fans', operators: ['some', 'none', 'every'], fields: () => ownerFields },
});

/** The same of owners; that they have a boss, only orders tell. */
export const ownerFields: FieldSet<OwnerRow> = fields({
  id: { type: 'uuid', operators: equality },
  name: { type: 'text', operators: [...equality, ...pattern], order: true },
  level: { type: 'integer', operators: [...ranged, 'isNull'], order: true },
  bossName: { type: 'text', order: 'boss.name' },
  things: { relation: 'things', operators: ['some', 'none', 'every'], fields: () => thingFields },
  favorites: { relation: 'favorites', operators: ['some', 'none', 'every'], fields: () => thingFields },
});
