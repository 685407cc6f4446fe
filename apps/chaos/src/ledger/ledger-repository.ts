import type { Database, DbWriteSession, WriteOptions } from '@holdfast/base';
import { searchScope, unscoped } from '@holdfast/querier';
import type { Tag } from '../writing/write.js';
import type { EntryRow } from './entry-row.js';
import { counters, entries, postings, registers, vouchers } from './ledger-operations.js';
import type { PostingRow } from './posting-row.js';
import type { RegisterRow } from './register-row.js';
import type { VoucherRow } from './voucher-row.js';

/** Writes to the ledger, as any repository writes: each of them returns the value that is stored by then. */
export class LedgerRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create({ worker, seq, value }: Tag, options: WriteOptions): Promise<string> {
    const row = await this.#database.execute(
      entries.create(searchScope<EntryRow>(own(worker)), { values: { seq, value } }),
      options,
    );
    return row.value;
  }

  /** Raises counters that others raise at the same time, with a posting for each of them. */
  post(tag: Tag, ids: readonly number[], options: WriteOptions): Promise<string> {
    const work = async (dbSession: DbWriteSession): Promise<string> => {
      let value = '';
      for (const id of ids) value = await this.#raise(dbSession, tag, id);
      return value;
    };
    return this.#database.beginSession(work, { ...options, name: 'post' });
  }

  async #raise(dbSession: DbWriteSession, { worker, seq, value }: Tag, counter: number): Promise<string> {
    const posting = await dbSession.execute(
      postings.create(searchScope<PostingRow>(own(worker)), { values: { seq, counter, value } }),
    );
    const { total } = await dbSession.execute(counters.get(everybodys, counter, { lock: 'update' }));
    await dbSession.execute(counters.update(everybodys, counter, { changes: { total: total + 1 } }));
    return posting.value;
  }

  async update({ worker, seq, value }: Tag, slot: number, options: WriteOptions): Promise<string> {
    const spec = registers.update(searchScope<RegisterRow>(own(worker)), { worker, slot }, { changes: { seq, value } });
    return (await this.#database.execute(spec, options)).value;
  }

  async upsert({ worker, seq, value }: Tag, slot: number, options: WriteOptions): Promise<string> {
    const spec = registers.upsert(searchScope<RegisterRow>(own(worker)), { values: { slot, seq, value } });
    return (await this.#database.execute(spec, options)).data.value;
  }

  async purge({ worker, seq }: Tag, options: WriteOptions): Promise<string> {
    return (
      await this.#database.execute(vouchers.purge(searchScope<VoucherRow>(own(worker)), { worker, seq }), options)
    ).value;
  }
}

/** What a worker writes is its own, but for the counters. */
const own = (worker: number): { name: string; equals: { worker: number } } => ({ name: 'worker', equals: { worker } });
const everybodys = unscoped('all workers raise the same counters');
