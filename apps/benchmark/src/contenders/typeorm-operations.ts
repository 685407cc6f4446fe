import { randomUUID } from 'node:crypto';
import { Any, type EntityManager, MoreThanOrEqual } from 'typeorm';
import {
  type KeyedSession,
  type Listing,
  type NewSession,
  PAGE_SIZE,
  type SessionChange,
  type SessionRow,
  type Unit,
} from '../session-table.js';
import { Row } from './session-operations.js';

type Returned = { readonly raw: SessionRow[] };

const changed = async (result: Promise<{ readonly raw: unknown }>): Promise<SessionRow> =>
  ((await result) as Returned).raw[0]!;
const listed = ({ tenant, status, since }: Listing, take: number) => ({
  where: { tenant, status, created_at: MoreThanOrEqual(since) },
  order: { created_at: 'DESC', id: 'DESC' } as const,
  take,
});
const updatedColumns = ['name', 'status', 'access_key', 'requested_slots', 'updated_at'];

/** Each operation as TypeORM does it with the fewest statements: finds of its repository, its builders with RETURNING. */
export const typeormOperations = {
  get: (manager: EntityManager, tenant: string, id: string): Promise<SessionRow> =>
    manager.getRepository(Row).findOneByOrFail({ id, tenant }),

  search: (manager: EntityManager, listing: Listing, take = PAGE_SIZE): Promise<readonly SessionRow[]> =>
    manager.getRepository(Row).find(listed(listing, take)),

  async searchTotal(manager: EntityManager, listing: Listing) {
    const [rows, total] = await manager.getRepository(Row).findAndCount(listed(listing, PAGE_SIZE));
    return { rows, total };
  },

  async cursorAt(manager: EntityManager, listing: Listing, position: number) {
    const found = await manager.getRepository(Row).find({ ...listed(listing, 1), skip: position - 1 });
    return { at: found[0]!.created_at, id: found[0]!.id };
  },

  cursorPage(manager: EntityManager, listing: Listing, cursor: unknown): Promise<readonly SessionRow[]> {
    if (cursor === null) return typeormOperations.search(manager, listing);
    return manager
      .getRepository(Row)
      .createQueryBuilder('session')
      .where('session.tenant = :tenant AND session.status = :status AND session.created_at >= :since', listing)
      .andWhere('(session.created_at, session.id) < (:at, :id)', cursor as { at: Date; id: string })
      .orderBy('session.created_at', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .limit(PAGE_SIZE)
      .getMany();
  },

  /** `insert` fills in what the database has made; `save` would look for the row first. */
  create: async (manager: EntityManager, session: NewSession): Promise<SessionRow> =>
    (await typeormOperations.bulkCreate(manager, [session]))[0]!,

  async bulkCreate(manager: EntityManager, sessions: readonly NewSession[]): Promise<readonly SessionRow[]> {
    const repository = manager.getRepository(Row);
    const rows = repository.create(sessions.map((session) => ({ ...session, id: randomUUID() })));
    await repository.insert(rows as object[]);
    return rows.map((row) => Object.assign(row, { deleted_at: null }));
  },

  update: (manager: EntityManager, tenant: string, id: string, change: SessionChange): Promise<SessionRow> =>
    changed(
      manager
        .createQueryBuilder()
        .update(Row)
        .set(change)
        .where('id = :id AND tenant = :tenant AND deleted_at IS NULL', { id, tenant })
        .returning('*')
        .execute(),
    ),

  delete: (manager: EntityManager, tenant: string, id: string): Promise<SessionRow> =>
    changed(
      manager
        .createQueryBuilder()
        .softDelete()
        .from(Row)
        .where('id = :id AND tenant = :tenant AND deleted_at IS NULL', { id, tenant })
        .returning('*')
        .execute(),
    ),

  purge: (manager: EntityManager, tenant: string, id: string): Promise<SessionRow> =>
    changed(
      manager
        .createQueryBuilder()
        .delete()
        .from(Row)
        .where('id = :id AND tenant = :tenant', { id, tenant })
        .returning('*')
        .execute(),
    ),

  batchUpdate: async (manager: EntityManager, tenant: string, ids: readonly string[], change: SessionChange) =>
    (await manager.getRepository(Row).update({ tenant, id: Any(ids) }, change)).affected!,

  batchPurge: async (manager: EntityManager, tenant: string, ids: readonly string[]) =>
    (await manager.getRepository(Row).delete({ tenant, id: Any(ids) })).affected!,

  upsert: (manager: EntityManager, session: KeyedSession): Promise<SessionRow> =>
    changed(
      manager
        .createQueryBuilder()
        .insert()
        .into(Row)
        .values(session)
        .orUpdate(updatedColumns, ['id'])
        .returning('*')
        .updateEntity(false)
        .execute(),
    ),

  async unitOfWork(manager: EntityManager, { tenant, id, name }: Unit): Promise<SessionRow> {
    const first = await typeormOperations.get(manager, tenant, id);
    const listing = { tenant, status: first.status, since: first.created_at };
    const newest = await typeormOperations.search(manager, listing, 5);
    const other = await typeormOperations.get(manager, tenant, newest.at(-1)!.id);
    return typeormOperations.update(manager, tenant, id, { name, requested_slots: other.requested_slots });
  },
};
