export { typecheck } from './checks/typecheck.mjs';
export { eslint } from './checks/eslint.mjs';
export { prettier } from './checks/prettier.mjs';
export { dependencyCruiser } from './checks/dependency-cruiser.mjs';
export { knip } from './checks/knip.mjs';
export { publint } from './checks/publint.mjs';
export { attw } from './checks/attw.mjs';
export { install } from './checks/install.mjs';
