// Soft deletion is offered where the entity has it, and does not compile elsewhere; checked by `tsc -p tsconfig.json`. What
// gets around the types is refused: `packages/base/test/soft-delete.test.ts`.

import type { EntityOperations, Executor, SoftDeletingOperations } from '@holdfast/base';
import { type Scope, unscoped } from '@holdfast/querier';
import { Resilience } from '@holdfast/resilience';
import { standardDbSource, standardRepository, upsertingDbSource, upsertingRepository } from '../src/index.js';

interface NoteRow {
  id: string;
  title: string;
}
type Note = Readonly<NoteRow>;

declare const kept: EntityOperations<NoteRow, Note, string>;
declare const hidden: SoftDeletingOperations<NoteRow, Note, string>;
declare const database: Executor;

const all: Scope<NoteRow> = unscoped('a test');
const resilience = new Resilience({ policies: [] });
const rules = {
  creator: ({ title }: { readonly title: string }) => ({ values: { title } }),
  updater: (changes: { readonly title?: string }) => ({ changes }),
};

class HiddenSource extends standardDbSource(resilience, { operations: hidden, ...rules }) {}
class HiddenNotes extends standardRepository(resilience, HiddenSource) {}
const hiddenNotes = new HiddenNotes({ dbSource: new HiddenSource(database) });

class HiddenUpsertSource extends upsertingDbSource(resilience, { operations: hidden, ...rules, upsert: {} }) {}
class HiddenUpserts extends upsertingRepository(resilience, HiddenUpsertSource) {}
const hiddenUpserts = new HiddenUpserts({ dbSource: new HiddenUpsertSource(database) });

// What is meant to compile.
for (const repository of [hiddenNotes, hiddenUpserts]) {
  const deleted: Note = await repository.delete(all, 'id');
  await repository.restore(all, deleted.id);
  await repository.batchDelete(all, [deleted.id]);
}
await hiddenUpserts.upsert(all, { title: 'Holdfast' });

class KeptSource extends standardDbSource(resilience, { operations: kept, ...rules }) {}
class KeptNotes extends standardRepository(resilience, KeptSource) {}
const keptNotes = new KeptNotes({ dbSource: new KeptSource(database) });

class KeptUpsertSource extends upsertingDbSource(resilience, { operations: kept, ...rules, upsert: {} }) {}
class KeptUpserts extends upsertingRepository(resilience, KeptUpsertSource) {}
const keptUpserts = new KeptUpserts({ dbSource: new KeptUpsertSource(database) });

const { id }: Note = await keptNotes.create(all, { title: 'Holdfast' });
await keptNotes.purge(all, id);
await keptUpserts.upsert(all, { title: 'Holdfast' });

// @ts-expect-error nothing of the entity can be deleted
await keptNotes.delete(all, id);
// @ts-expect-error nor brought back
await keptNotes.restore(all, id);
// @ts-expect-error nor many of it
await keptNotes.batchDelete(all, [id]);
// @ts-expect-error nor where upserts are offered
await keptUpserts.delete(all, id);
// @ts-expect-error nor brought back
await keptUpserts.restore(all, id);
// @ts-expect-error nor many of it
await keptUpserts.batchDelete(all, [id]);
// @ts-expect-error nor by the source
await new KeptSource(database).delete(all, id);
// @ts-expect-error nor within a dbSession
await new KeptUpsertSource(database).within(database as never).restore(all, id);
