import type pg from 'pg';
import { GuardedClient } from './guarded-client.js';
import { type RowSink, rowSink } from './row-sink.js';
import { transactionStatus } from './connection-pool.js';
import { failureOf } from './run-failure.js';
import { askedParameters, withOwnParameters } from './session-parameters.js';
import { stateOf } from './state-of.js';
import type { Step } from './statement.js';
import { StatementRun, type RunDone } from './statement-run.js';

/** Runs a statement, with others riding in front of it, on whatever client there is. */
export function runStatement(client: pg.ClientBase, step: Step, before: readonly Step[], done: RunDone): void {
  if (client instanceof GuardedClient) client.query(new StatementRun(step, before, done) as unknown as pg.Submittable);
  else void runOnStockClient(client, step, before, done);
}

const texts = { getTypeParser: () => (text: string) => text };

/**
 * The same by pg's own queries: a trip for each statement, rows as texts, and a transaction around them where one Sync
 * would be one. Not by name: pg never prepares anew.
 */
async function runOnStockClient(
  client: pg.ClientBase,
  step: Step,
  before: readonly Step[],
  done: RunDone,
): Promise<void> {
  const sink = step.into ?? rowSink();
  const steps = [...before, step];
  let isAlone = false;
  let result: pg.QueryArrayResult<(string | null)[]>;
  try {
    const inFront = (await isForeign(client)) ? withOwnParameters(steps).slice(0, -1) : before;
    isAlone = inFront.length > 0 && transactionStatus(client) === 'I' && !begins(inFront[0]!);
    if (isAlone) await client.query('BEGIN');
    for (const one of inFront) {
      const { rows, rowCount } = await query(client, one);
      if (one.into === undefined) continue;
      read(one, rows, one.into);
      one.into.affected = rowCount ?? 0;
    }
    const state = stateOf(client);
    state.entity = step.statement.entity ?? state.entity;
    result = await query(client, step);
    if (isAlone) await client.query('COMMIT');
  } catch (error) {
    if (isAlone) await client.query('ROLLBACK').catch(() => {});
    return done(failureOf(error), sink);
  }
  sink.affected = result.rowCount ?? 0;
  sink.command = result.command;
  try {
    read(step, result.rows, sink);
  } catch (error) {
    return done({ kind: 'unreadable', error: error as Error }, sink);
  }
  done(null, sink);
}

const asked = new WeakSet<object>();

/** Somebody else began the connection: what it is set to is asked for once, and reported from then on. */
async function isForeign(client: pg.ClientBase): Promise<boolean> {
  const { parameters } = stateOf(client);
  if (!asked.has(client) && transactionStatus(client) !== 'E') {
    asked.add(client);
    const { rows } = await client.query<{ name: string; value: string }>(
      'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name',
      [[...askedParameters]],
    );
    for (const { name, value } of rows) parameters.report(name, value);
  }
  return parameters.areForeign;
}

function begins({ statement }: Step): boolean {
  return statement.sql.startsWith('BEGIN');
}

function query(client: pg.ClientBase, { statement, values }: Step): Promise<pg.QueryArrayResult<(string | null)[]>> {
  return client.query({
    text: statement.sql,
    values: [...values],
    rowMode: 'array',
    types: texts,
  });
}

function read({ statement }: Step, rows: readonly (string | null)[][], sink: RowSink): void {
  for (const row of rows) statement.read(row, sink);
}
