// The rules live with the tools that run them: `npm run check` installs those on first use.
export { default } from './tools/check/eslint.config.js';
