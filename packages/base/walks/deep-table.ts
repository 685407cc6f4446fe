import { EntityNotFound } from '@holdfast/errors';
import { entityOperations } from '../src/index.js';
import type { ClientBase } from 'pg';
import { EntitySchema } from 'typeorm';

/** A row of a table that is deep enough to drown in. */
export interface EventRow {
  readonly id: string;
  readonly createdAt: Date;
  /** Seven values. */
  readonly prio: number;
  /** A quarter is NULL. */
  readonly due: Date | null;
  /** Different in every row. */
  readonly name: string;
}

export const EventRow = new EntitySchema<EventRow>({
  name: 'Event',
  tableName: 'events',
  columns: {
    id: { type: 'bigint', primary: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    prio: { type: 'int' },
    due: { type: 'timestamptz', nullable: true },
    name: { type: 'text' },
  },
});

export const events = entityOperations<EventRow, string, string>({
  entity: EventRow,
  toData: ({ id }) => id,
  notFound: (id) => new EntityNotFound('event', `There is no event ${id}.`),
  alreadyExists: () => new EntityNotFound('event', 'Nothing is created here.'),
});

export const EVENTS = 500_000;

/** Makes the table, and the indexes that its orders need. */
export async function createEvents(client: ClientBase): Promise<void> {
  await client.query(`
    CREATE TABLE events (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, prio int NOT NULL, due timestamptz, name text NOT NULL)`);
  await client.query(`
    INSERT INTO events SELECT g, timestamptz '2026-01-01 00:00:00+00' + (g / 5) * interval '137 microseconds', g % 7,
      CASE WHEN g % 4 > 0 THEN timestamptz '2026-03-01 00:00:00+00' + (g / 6) * interval '1 second' END,
      'event ' || lpad(g::text, 7, '0')
    FROM generate_series(1, ${EVENTS}) g`);
  await client.query(`
    CREATE INDEX ON events (created_at, id);
    CREATE INDEX ON events (prio, created_at DESC, id);
    CREATE INDEX ON events (name, created_at DESC, id);
    CREATE INDEX ON events (due, id);
    CREATE INDEX ON events (due NULLS FIRST, id);
    CREATE INDEX ON events (due DESC NULLS LAST, id DESC)`);
  // What a first reader would leave behind for later ones counts as read, too.
  await client.query('VACUUM (ANALYZE) events');
}
