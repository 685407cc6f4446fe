import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { entityOperations, type Executor, newId } from '@holdfast/base';
import { type ProjectId, projectId, type UserId, userId } from '@holdfast/domain-types';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { observeOperations } from '@holdfast/operation';
import { batchQuerier, type Jsonb, order, OutsideScope, type Scope, searchScope } from '@holdfast/querier';
import { repositoryResilience, useResilience } from '@holdfast/resilience';
import { type RepositoryArgs, SessionRepositories, SessionRepository } from '@holdfast/session-repository';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { EntitySchema } from 'typeorm';

// The domain of metrics has no package yet: this is as much of it as the document shows.

type Preferences = Readonly<Record<string, string>>;
type MetricPreferenceRow = { userId: UserId; preferences: Jsonb<Preferences> };
const MetricPreferenceRow = new EntitySchema<MetricPreferenceRow>({
  name: 'MetricPreference',
  columns: { userId: { type: 'uuid', primary: true }, preferences: { type: 'jsonb' } },
});
const ofUser = (id: UserId) => searchScope<MetricPreferenceRow>({ name: 'user', equals: { userId: id } });

type MetricAlertRow = { id: string; projectId: ProjectId; metric: string; above: number };
const MetricAlertRow = new EntitySchema<MetricAlertRow>({
  name: 'MetricAlert',
  columns: {
    id: { type: 'uuid', primary: true },
    projectId: { type: 'uuid' },
    metric: { type: 'text' },
    above: { type: 'int' },
  },
});
type MetricAlert = Readonly<Pick<MetricAlertRow, 'metric' | 'above'>>;
const ofProject = (id: ProjectId) => searchScope<MetricAlertRow>({ name: 'project', equals: { projectId: id } });

const errors = { notFound: () => new EntityNotFound('metric'), alreadyExists: () => new EntityAlreadyExists('metric') };
const preferencesOfUsers = entityOperations<MetricPreferenceRow, Preferences, UserId>({
  entity: MetricPreferenceRow,
  toData: ({ preferences }) => preferences,
  ...errors,
});
const alertsOfProjects = entityOperations<MetricAlertRow, MetricAlert, string>({
  entity: MetricAlertRow,
  toData: ({ metric, above }) => ({ metric, above }),
  ...errors,
});

class MetricDbSource {
  readonly #executor: Executor;

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  async savePreference(scope: Scope<MetricPreferenceRow>, user: UserId, preferences: Preferences): Promise<void> {
    await this.#executor.execute(preferencesOfUsers.upsert(scope, { values: { userId: user, preferences } }));
  }

  async alerts(scope: Scope<MetricAlertRow>): Promise<readonly MetricAlert[]> {
    const all = batchQuerier<MetricAlertRow>({
      orders: [order<MetricAlertRow>('metric')],
      pagination: { noPagination: true },
    });
    return (await this.#executor.execute(alertsOfProjects.search(scope, all))).items;
  }
}

const metricRepositoryResilience = repositoryResilience('metric_repository');

class MetricRepository {
  readonly #dbSource: MetricDbSource;

  constructor({ dbSource, resilience }: { readonly dbSource: MetricDbSource } & Pick<RepositoryArgs, 'resilience'>) {
    this.#dbSource = dbSource;
    if (resilience !== undefined) useResilience(this, resilience);
  }

  /** Saves a user's preferences for dashboards. */
  @metricRepositoryResilience.apply()
  saveMetricPreference(scope: Scope<MetricPreferenceRow>, user: UserId, preferences: Preferences): Promise<void> {
    return this.#dbSource.savePreference(scope, user, preferences);
  }

  /** The alerts of a project. */
  @metricRepositoryResilience.apply()
  getMetricAlerts(scope: Scope<MetricAlertRow>): Promise<readonly MetricAlert[]> {
    return this.#dbSource.alerts(scope);
  }
}

class MetricRepositories {
  readonly repository: MetricRepository;

  private constructor(repository: MetricRepository) {
    this.repository = repository;
  }

  static create({ database, ...rest }: RepositoryArgs): MetricRepositories {
    return new MetricRepositories(new MetricRepository({ dbSource: new MetricDbSource(database), ...rest }));
  }
}

const ada = userId('00000000-0000-4000-8000-00000000000a');
const bob = userId('00000000-0000-4000-8000-00000000000b');
const north = projectId('00000000-0000-4000-8000-00000000001a');
const south = projectId('00000000-0000-4000-8000-00000000001b');

let test: TestDatabase;
beforeAll(async () => void (test = await createTestDatabase({ entities: [MetricPreferenceRow, MetricAlertRow] })));
afterAll(() => test.close());

it('the repository of each domain is made by a factory of its own, from the same arguments', async () => {
  const args: RepositoryArgs = { database: test.database };

  const { repository } = MetricRepositories.create(args);

  expect(repository).toBeInstanceOf(MetricRepository);
  expect(SessionRepositories.create(args).repository).toBeInstanceOf(SessionRepository);
  expect(await repository.getMetricAlerts(ofProject(north))).toEqual([]);
});

it('a repository gets a new method by a decorator, and is then measured under its layer and the name of the method', async () => {
  // Given alerts of two projects
  const { repository } = MetricRepositories.create({ database: test.database });
  const alert = (metric: string, above: number) => ({ values: { id: newId(), metric, above } });
  await test.database.execute(alertsOfProjects.bulkCreate(ofProject(north), [alert('mem', 90), alert('cpu', 80)]));
  await test.database.execute(alertsOfProjects.create(ofProject(south), alert('gpu', 70)));
  const measured: string[] = [];
  const stop = observeOperations(
    ({ kind, at, operation }) => kind === 'ended' && measured.push(`${at.layer}.${operation}`),
  );

  // When one reads them, and saves preferences twice
  const alerts = await repository.getMetricAlerts(ofProject(north));
  for (const theme of ['light', 'dark']) await repository.saveMetricPreference(ofUser(ada), ada, { theme });
  stop();

  // Then they are the project's own, the later preferences stand, and nobody saves those of others
  expect(alerts).toEqual([
    { metric: 'cpu', above: 80 },
    { metric: 'mem', above: 90 },
  ]);
  expect(await test.database.execute(preferencesOfUsers.get(ofUser(ada), ada))).toEqual({ theme: 'dark' });
  await expect(repository.saveMetricPreference(ofUser(ada), bob, {})).rejects.toBeInstanceOf(OutsideScope);
  expect(measured).toEqual([
    'metric_repository.getMetricAlerts',
    'metric_repository.saveMetricPreference',
    'metric_repository.saveMetricPreference',
  ]);
});
