export { createTestDatabase } from './create-test-database.js';
export { withTables } from './with-tables.js';
export { describeRepository } from './contract/describe-repository.js';
export { repositoryCases } from './contract/repository-cases.js';
export { describeMigrations } from './migrations/describe-migrations.js';
export { migrationCases } from './migrations/migration-cases.js';
export { WireCounter } from './wire-counter.js';
export { FakeClock } from './fake-clock.js';
export { testServerUrl } from './test-server-url.js';

export type { TestDatabase, TestDatabaseArgs } from './test-database.js';
export type { TestEntity } from './test-entity.js';
export type { WireCount } from './wire-counter.js';
export type { MigrationCase, MigrationContract } from './migrations/migration-cases.js';
export type { TestRunner } from './contract/describe-repository.js';
export type { RepositoryCase, RepositoryCases } from './contract/repository-cases.js';
export type { ContractChange, ContractTenant, ErrorClass, RepositoryContract } from './contract/repository-contract.js';
export type { ContractRepository, StandardOperation, StandardOperations } from './contract/standard-operations.js';
