import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database, MigrationList } from '@holdfast/base';
import type { Cache } from '@holdfast/cache';
import type { SecretKeys } from '@holdfast/secrets';
import type { TestEntity } from '@holdfast/testing';

const repositories = path.resolve(__dirname, '../../../../packages/repositories');

type Exports = Readonly<Record<string, unknown>>;

/** A package of repositories, as its entries export it. */
export interface RepositoryPackage {
  readonly folder: string;
  readonly exports: Exports;
  readonly entities: readonly TestEntity[];
  readonly migrations: MigrationList;
}

/** Every package of repositories that the workspace has, read from its folders. */
export async function repositoryPackages(): Promise<readonly RepositoryPackage[]> {
  const folders = readdirSync(repositories).filter((name) => existsSync(path.join(repositories, name, 'package.json')));
  return Promise.all(
    folders.map(async (folder) => ({
      folder,
      exports: await entry(folder, '.'),
      entities: listed<TestEntity>(await entry(folder, './entities')),
      migrations: listed<MigrationList[number]>(await entry(folder, './migrations')),
    })),
  );
}

/** Imports an entry of a package by what its manifest says of it; nothing if it has none of this name. */
async function entry(folder: string, name: string): Promise<Exports> {
  const home = path.join(repositories, folder);
  const manifest = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as {
    exports: Record<string, { '@holdfast/source'?: string }>;
  };
  const source = manifest.exports[name]?.['@holdfast/source'];
  return source === undefined ? {} : ((await import(path.join(home, source))) as Exports);
}

function listed<Member>(exports: Exports): readonly Member[] {
  return Object.values(exports).flatMap((value) => (Array.isArray(value) ? (value as Member[]) : []));
}

/** A repository that is exported, made by the factory of its package. */
export interface ExportedRepository {
  /** Folder and class, e.g. `session/SessionRepository`. */
  readonly name: string;
  readonly repository: object;
  /** Its public methods. */
  readonly operations: readonly string[];
}

type Factory = { create(args: object): Readonly<Record<string, unknown>> };

/** The repositories of a package, of whatever its factory asks for. Throws for an exported class of a repository that no factory makes. */
export function exportedRepositories(
  { folder, exports }: RepositoryPackage,
  args: { readonly database: Database; readonly secrets: SecretKeys; readonly cache: Cache },
): readonly ExportedRepository[] {
  const factories = Object.entries(exports).filter(([name]) => name.endsWith('Repositories'));
  const made = factories
    .flatMap(([, factory]) => Object.values((factory as Factory).create(args)))
    .filter((one): one is object => typeof one === 'object' && one !== null);
  for (const [name, exported] of Object.entries(exports)) {
    if (!name.endsWith('Repository') || typeof exported !== 'function') continue;
    if (!made.some((one) => one instanceof exported)) throw new Error(`${folder}: no factory makes a ${name}.`);
  }
  return made.map((repository) => ({
    name: `${folder}/${repository.constructor.name}`,
    repository,
    operations: methodsOf(repository),
  }));
}

function methodsOf(instance: object): readonly string[] {
  const names = new Set<string>();
  for (let each: unknown = instance; each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const name of Object.getOwnPropertyNames(each)) {
      if (name !== 'constructor' && typeof Reflect.get(instance, name) === 'function') names.add(name);
    }
  }
  return [...names].sort();
}
