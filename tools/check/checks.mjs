import { attw } from './checks/attw.mjs';
import { dependencyCruiser } from './checks/dependency-cruiser.mjs';
import { eslint } from './checks/eslint.mjs';
import { install } from './checks/install.mjs';
import { knip } from './checks/knip.mjs';
import { newDomain } from './checks/new-domain.mjs';
import { prettier } from './checks/prettier.mjs';
import { publint } from './checks/publint.mjs';
import { scopeMutants } from './checks/scope-mutants.mjs';
import { seeds } from './checks/seeds.mjs';
import { statements } from './checks/statements.mjs';
import { typecheck } from './checks/typecheck.mjs';

/** Those that take longest first: the last one has nothing beside it. */
export const checks = [
  scopeMutants,
  newDomain,
  eslint,
  install,
  typecheck,
  prettier,
  dependencyCruiser,
  knip,
  statements,
  attw,
  publint,
  seeds,
];
