import { defaultLevel } from './default-level.js';
import { giveUpLevel } from './give-up-level.js';
import type { Level } from './level.js';
import type { LevelName } from './level-name.js';
import { naiveLevel } from './naive-level.js';
import { operationKeyLevel } from './operation-key-level.js';

export const levels: Readonly<Record<LevelName, Level>> = {
  L1: defaultLevel,
  L3: operationKeyLevel,
  naive: naiveLevel,
  'give-up': giveUpLevel,
};
