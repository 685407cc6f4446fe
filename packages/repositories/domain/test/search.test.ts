import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { domainName } from '@holdfast/domain-types';
import { batchQuerier, type Page } from '@holdfast/querier';
import {
  DomainConditions,
  domainFields,
  type DomainInfo,
  DomainOrders,
  type DomainRow,
  domainScope,
} from '../src/index.js';
import { type DomainDatabase, domainDatabase } from './fixture/domain-database.js';
import { everybody } from './fixture/domains.js';

let test: DomainDatabase;
let domains: readonly DomainInfo[];
beforeAll(async () => void (test = await domainDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.dataSource.query('TRUNCATE domains');
  domains = await test.repository.bulkCreate(everybody, [
    { name: domainName('Alpha'), description: 'first', allowedDockerRegistries: ['cr.example.org'] },
    { name: domainName('beta_1'), isActive: false, integrationId: 'crm-7' },
    { name: domainName('beta-2'), allowedVfolderHosts: { 'local:a': ['mount-in-session'] } },
  ]);
  await test.repository.setDefault(everybody, domainName('beta-2'));
});

const names = ({ items }: Page<DomainInfo>): string[] => items.map(({ name }) => name);

const search = (args: Partial<Parameters<typeof batchQuerier<DomainRow>>[0]>): Promise<Page<DomainInfo>> =>
  test.repository.search(
    everybody,
    batchQuerier<DomainRow>({ orders: [DomainOrders.name()], pagination: { noPagination: true }, ...args }),
  );

describe('search', () => {
  it('sees one’s own domain and counts no other', async () => {
    const querier = batchQuerier<DomainRow>({ pagination: { first: 10 }, total: 'exact' });

    const page = await test.repository.search(domainScope(domainName('Alpha')), querier);

    expect(names(page)).toEqual(['Alpha']);
    expect(page.total).toEqual({ value: 1, exact: true });
  });

  it.each([
    ['name', DomainConditions.nameEquals('Alpha'), ['Alpha']],
    ['part of the name', DomainConditions.nameContains('_'), ['beta_1']],
    ['start of the name', DomainConditions.nameStartsWith('BETA', { caseInsensitive: true }), ['beta-2', 'beta_1']],
    ['end of the name', DomainConditions.nameEndsWith('2'), ['beta-2']],
    ['names', DomainConditions.nameIn(['alpha'], { caseInsensitive: true }), ['Alpha']],
    ['description', DomainConditions.descriptionContains('irs'), ['Alpha']],
    ['activity', DomainConditions.isActive(), ['Alpha', 'beta-2']],
    ['inactivity', DomainConditions.isActive(false), ['beta_1']],
    ['being the default', DomainConditions.isDefault(), ['beta-2']],
    ['registry', DomainConditions.allowsDockerRegistry('cr.example.org'), ['Alpha']],
    ['host', DomainConditions.allowsVfolderHost('local:a'), ['beta-2']],
    ['integration', DomainConditions.integrationIdEquals('crm-7'), ['beta_1']],
    ['creation before', DomainConditions.createdBefore(new Date('2020-01-01')), []],
    ['creation after', DomainConditions.createdAfter(new Date('2020-01-01')), ['Alpha', 'beta-2', 'beta_1']],
  ])('filters by %s', async (_name, condition, expected) => {
    expect(names(await search({ conditions: [condition] })).sort()).toEqual(expected);
  });

  it('filters by ids', async () => {
    const [first, second] = domains;

    expect(names(await search({ conditions: [DomainConditions.idEquals(first!.id)] }))).toEqual(['Alpha']);
    expect(names(await search({ conditions: [DomainConditions.idIn([second!.id])] }))).toEqual(['beta_1']);
  });

  it('orders by what it is told', async () => {
    const by = async (order: ReturnType<typeof DomainOrders.name>) => names(await search({ orders: [order] }));

    expect(await by(DomainOrders.name({ ascending: false }))).toEqual(['beta_1', 'beta-2', 'Alpha']);
    expect((await by(DomainOrders.modifiedAt({ ascending: false })))[0]).toBe('beta-2');
    expect(await by(DomainOrders.createdAt())).toHaveLength(3);
  });

  it('answers requests, and lets nobody probe what a domain is allowed', async () => {
    const parameters = new URLSearchParams('filter[isActive][eq]=true&order=-name&limit=5&offset=0');

    expect(names(await test.repository.search(everybody, domainFields.parseSearch(parameters)))).toEqual([
      'beta-2',
      'Alpha',
    ]);
    for (const refused of ['filter[allowedDockerRegistries][has]=x', 'order=totalResourceSlots', 'order=isActive']) {
      expect(() => domainFields.parseSearch(new URLSearchParams(refused))).toThrow(
        expect.objectContaining({ httpStatus: 400 }),
      );
    }
  });
});
