// `node --import ./jest/typescript.mjs program.ts`
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
