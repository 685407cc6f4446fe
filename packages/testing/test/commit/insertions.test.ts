import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { guardedPool, newId, OperationAlreadyDone, UniqueViolation } from '@holdfast/base';
import { EntityAlreadyExists } from '@holdfast/errors';
import type { FaultKind, FaultTrigger } from '@holdfast/testing';
import pg from 'pg';
import { entries, type EntryRow, red } from './fixture/entry-row.js';
import { type LossyDatabase, lossyDatabase } from './fixture/lossy-database.js';

const GATE = 4711;
const GATE_OF_PROOF = 4712;
const GATE_OF_NO_ROW = 4713;

/**
 * Waits where the label says so, before the row is there, its proof elsewhere if that is to be; and when the statement has
 * ended: there is a row, or there was.
 */
const gates = `
  CREATE FUNCTION wait_before() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS $$
  BEGIN
    IF NEW.label LIKE 'waits apart%' AND current_query() LIKE '%ON CONFLICT%' THEN
      PERFORM pg_advisory_xact_lock_shared(${GATE_OF_PROOF});
    ELSIF NEW.label LIKE 'waits %' THEN PERFORM pg_advisory_xact_lock_shared(${GATE}); END IF;
    INSERT INTO effects (entry, what) VALUES (NEW.id, 'BEFORE');
    RETURN NEW;
  END $$;
  CREATE TRIGGER a_wait BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION wait_before();
  CREATE FUNCTION wait_after() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(CASE WHEN EXISTS (SELECT FROM made) THEN ${GATE} ELSE ${GATE_OF_NO_ROW} END);
    RETURN NULL;
  END $$;
  CREATE TRIGGER b_wait AFTER INSERT ON entries REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION wait_after();
  CREATE FUNCTION keep_quota() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.label = 'skipped' THEN RETURN NULL; END IF;
    IF NEW.label LIKE '%quota %' AND EXISTS (SELECT FROM entries WHERE label LIKE '%quota %') THEN
      RAISE EXCEPTION 'There is one already.' USING ERRCODE = CASE NEW.label
        WHEN 'quota check' THEN '23514' WHEN 'quota data' THEN '22000' WHEN 'quota other' THEN 'P0001' ELSE '23505' END;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER c_quota BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION keep_quota()`;

/** Of gates that were closed. */
const keepers: pg.Client[] = [];
let lossy: LossyDatabase;
let timed: LossyDatabase;
beforeAll(async () => {
  lossy = await lossyDatabase();
  timed = await lossyDatabase({ pool: guardedPool({ max: 1, query_timeout: 500 }) });
  for (const each of [lossy, timed]) await each.ask(gates);
});
afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.end()));
  await Promise.all([lossy.proxy.heal(), timed.proxy.heal()]);
});
afterAll(() => Promise.all([lossy.close(), timed.close()]));

const create = ({ database }: LossyDatabase, values: Partial<EntryRow>): Promise<EntryRow> =>
  database.execute(entries.create(red, { values: { label: newId(), ...values } }));

const stored = ({ ask }: LossyDatabase, label: string): Promise<readonly EntryRow[]> =>
  ask<EntryRow>('SELECT id, team, label, amount, deleted_at AS "deletedAt" FROM entries WHERE label = $1', [label]);

interface ClosedGate {
  /** Resolves as soon as so many wait, or more: what takes too long is asked again. */
  waiting(count: number): Promise<void>;
  open(): Promise<void>;
}

async function closedGate({ url, becomes }: LossyDatabase, gate = GATE): Promise<ClosedGate> {
  const keeper = new pg.Client(url);
  keepers.push(keeper);
  await keeper.connect();
  await keeper.query('SELECT pg_advisory_lock($1)', [gate]);
  return {
    waiting: (count) =>
      becomes(
        `SELECT count(*) >= $1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $2 AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [count, gate],
      ),
    open: () => keeper.end(),
  };
}

interface ProvenApart {
  readonly creation: Promise<EntryRow>;
  /** Where the proof waits, which has looked for the row before it was stored. */
  readonly proof: ClosedGate;
}

/** A creation that pg gives up waiting for, and that is stored while it is being proven. */
async function storedWhileProven(label: string): Promise<ProvenApart> {
  const [first, proof] = await Promise.all([closedGate(timed), closedGate(timed, GATE_OF_PROOF)]);
  const creation = create(timed, { label });
  creation.catch(() => {});
  await Promise.all([first.waiting(1), proof.waiting(1)]);
  await first.open();
  await timed.becomes('SELECT EXISTS (SELECT FROM entries WHERE label = $1)', [label]);
  return { creation, proof };
}

const insertion = { sql: /^INSERT/ };
const once = ['BEFORE', 'INSERT'];

describe('A creation whose key is made here and whose answer was lost', () => {
  it.each<[FaultKind, string]>([
    ['cutAfter', 'committed'],
    ['resetAfter', 'committed'],
    ['cutBefore', 'not-committed'],
    ['resetBefore', 'not-committed'],
  ])('is stored once, and its data returned, after %s', async (fault, verdict) => {
    const label = newId();
    const before = lossy.resolved.length;
    const landing = lossy.proxy.next({ fault, at: 'sync' });

    const entry = await create(lossy, { label, amount: 7 });

    await landing;
    expect(entry).toMatchObject({ team: 'red', label, amount: 7 });
    expect(await stored(lossy, label)).toEqual([entry]);
    expect(await lossy.effects(entry.id)).toEqual(once);
    expect(lossy.resolved.slice(before)).toMatchObject([{ operation: 'create', verdict }]);
  });

  it.each<[FaultKind, FaultTrigger]>([
    ['holdAfter', 'sync'],
    ['dropToClient', 'sync'],
    ['holdBefore', insertion],
    ['dropToServer', insertion],
    ['clientCutServerHold', insertion],
  ])('is stored once when pg has given up waiting, after %s', async (fault, at) => {
    const label = newId();
    const landing = timed.proxy.next({ fault, at });

    const entry = await create(timed, { label });

    await landing;
    expect(await stored(timed, label)).toEqual([entry]);
    expect(await timed.effects(entry.id)).toEqual(once);
  });

  it.each<[FaultKind]>([['holdBefore'], ['dropToServer'], ['clientCutServerHold']])(
    'waits for the end of one whose end is all that did not arrive, after %s',
    async (fault) => {
      const label = newId();
      const landing = timed.proxy.next({ fault, at: 'sync' });

      const creation = create(timed, { label });
      await landing;
      // The two race; the one that comes second waits for the other.
      const isBlocked = timed.becomes(
        `SELECT EXISTS (SELECT FROM pg_stat_activity
          WHERE wait_event = 'transactionid' AND datname = current_database()) OR EXISTS (SELECT FROM entries WHERE label = $1)`,
        [label],
      );
      await isBlocked;
      await timed.proxy.releaseHeld();

      const entry = await creation;
      expect(await stored(timed, label)).toEqual([entry]);
      expect(await timed.effects(entry.id)).toEqual(once);
    },
  );

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore']])(
    'is refused as any other where somebody else has taken what must be unique, after %s',
    async (fault) => {
      const label = newId();
      await create(lossy, { label });
      const landing = lossy.proxy.next({ fault, at: 'sync' });

      const creation = create(lossy, { label });

      await expect(creation).rejects.toBeInstanceOf(EntityAlreadyExists);
      await expect(creation).rejects.toMatchObject({
        message: 'This label is taken.',
        outcome: 'not-committed',
        cause: { constraint: 'entries_label_key' },
      });
      await landing;
      expect(await stored(lossy, label)).toHaveLength(1);
    },
  );

  it('waits for the one that was sent before and is still under way, and finds it', async () => {
    const label = `waits before ${newId()}`;
    const gate = await closedGate(timed);
    const creation = create(timed, { label });
    // The lost one, and the one that proves it.
    await gate.waiting(2);

    await gate.open();

    const entry = await creation;
    expect(await stored(timed, label)).toEqual([entry]);
    expect(await timed.effects(entry.id)).toEqual(once);
  });

  it('waits for the one that has stored the row and not committed yet', async () => {
    const label = newId();
    const gate = await closedGate(timed);
    const creation = create(timed, { label });
    await gate.waiting(1);
    await timed.becomes(
      `SELECT true FROM pg_stat_activity WHERE wait_event = 'transactionid' AND datname = current_database()`,
    );
    await gate.open();

    const entry = await creation;
    expect(await stored(timed, label)).toEqual([entry]);
    expect(await timed.effects(entry.id)).toEqual(once);
  });

  it('returns the row as it is now, where somebody has changed it meanwhile', async () => {
    const label = newId();
    const landing = lossy.proxy.next({ fault: 'cutAfter', at: 'sync' });
    // Nobody can ask before it is changed.
    const away = landing.then(() => lossy.proxy.storm({ share: 1, faults: ['cutBefore'], at: ['connect'] }));
    const creation = create({ ...lossy, database: lossy.another() }, { label });
    creation.catch(() => {});
    await away;
    await lossy.ask('UPDATE entries SET amount = 9 WHERE label = $1', [label]);

    lossy.proxy.calm();

    const entry = await creation;
    expect(entry.amount).toBe(9);
    expect(await lossy.effects(entry.id)).toEqual([...once, 'UPDATE']);
  });

  it('says that it was done, and makes no second one, of a row that is purged while it is proven', async () => {
    const label = `waits apart ${newId()}`;
    const { creation, proof } = await storedWhileProven(label);
    const second = await closedGate(timed, GATE_OF_NO_ROW);
    await proof.open();
    await second.waiting(1);
    await timed.ask('DELETE FROM entries WHERE label = $1', [label]);

    await second.open();

    await expect(creation).rejects.toBeInstanceOf(OperationAlreadyDone);
    await expect(creation).rejects.toMatchObject({ outcome: 'committed' });
    expect(await stored(timed, label)).toEqual([]);
    expect(timed.resolved.at(-1)).toMatchObject({ verdict: 'committed' });
  });

  it.each(['quota check', 'quota unique', 'quota data', 'quota other'])(
    'is found though a trigger refuses to make it again: %s',
    async (label) => {
      await lossy.ask(`DELETE FROM entries WHERE label LIKE '%quota %'`);
      const landing = lossy.proxy.next({ fault: 'cutAfter', at: 'sync' });

      const entry = await create(lossy, { label });

      await landing;
      expect(await stored(lossy, label)).toEqual([entry]);
      expect(await lossy.effects(entry.id)).toEqual(once);
      expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'committed' });
    },
  );

  it('is found where it is stored just before a trigger would refuse to make it again', async () => {
    const label = 'waits apart quota unique';
    const { creation, proof } = await storedWhileProven(label);

    await proof.open();

    const entry = await creation;
    expect(await stored(timed, label)).toEqual([entry]);
    expect(await timed.effects(entry.id)).toEqual(once);
  });

  it('is told as not stored where a trigger skips it, whether the answer is lost or the message', async () => {
    for (const fault of ['cutAfter', 'cutBefore'] as const) {
      const landing = lossy.proxy.next({ fault, at: 'sync' });

      const creation = create(lossy, { label: 'skipped' });

      await expect(creation).rejects.toMatchObject({ name: 'Misuse', message: /did not store the row/ });
      await landing;
      expect(await stored(lossy, 'skipped')).toEqual([]);
      expect(lossy.resolved.at(-1)).toMatchObject({ verdict: 'not-committed' });
    }
  });

  it('is refused as a trigger refuses it, by a violation that comes after the key', async () => {
    await lossy.ask(`DELETE FROM entries WHERE label LIKE '%quota %'`);
    const other = await create(lossy, { label: 'quota of another' });
    const landing = lossy.proxy.next({ fault: 'cutBefore', at: 'sync' });

    const creation = create(lossy, { label: 'quota unique' });

    await expect(creation).rejects.toBeInstanceOf(UniqueViolation);
    await landing;
    expect(await stored(lossy, 'quota unique')).toEqual([]);
    expect(await stored(lossy, 'quota of another')).toEqual([other]);
  });

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore'], ['clientCutServerHold']])(
    'is stored once though the COMMIT of its proof is lost as well, by %s',
    async (fault) => {
      const label = newId();
      const landing = lossy.proxy.next({ fault: 'cutBefore', at: 'sync' });
      const second = lossy.proxy.next({ fault, at: 'commit' });

      const entry = await create(lossy, { label });

      await Promise.all([landing, second]);
      expect(await stored(lossy, label)).toEqual([entry]);
      expect(await lossy.effects(entry.id)).toEqual(once);
    },
  );

  it('has one key, however often its spec is executed', async () => {
    const label = newId();
    const spec = entries.create(red, { values: { label } });
    void lossy.proxy.next({ fault: 'cutAfter', at: 'sync' });
    const entry = await lossy.database.execute(spec);

    const again = lossy.database.execute(spec);

    await expect(again).rejects.toBeInstanceOf(EntityAlreadyExists);
    expect(await stored(lossy, label)).toEqual([entry]);
  });

  it.each<[FaultKind]>([['cutAfter'], ['cutBefore']])(
    'is one of many at once, all of which are stored once: %s',
    async (fault) => {
      const many = await lossyDatabase({ pool: guardedPool({ max: 5 }) });
      const labels = Array.from({ length: 20 }, () => newId());
      many.proxy.storm({ share: 0.5, faults: [fault], at: ['sync'] });

      const made = await Promise.all(labels.map((label) => create(many, { label })));

      expect(many.proxy.landed[fault]).toBeGreaterThan(0);
      expect(made.map(({ label }) => label)).toEqual(labels);
      const rows = await many.ask<{ entry: string }>('SELECT entry FROM effects');
      expect(rows.map(({ entry }) => entry).sort()).toEqual(made.map(({ id }) => id).sort());
      await many.close();
    },
  );
});
