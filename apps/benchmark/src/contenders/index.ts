import type { OpenContender } from '../contender.js';
import { openHoldfast } from './holdfast.js';
import { openPg } from './pg.js';

/** The contender that all others are compared with. */
export const REFERENCE = 'pg';

export const contenders: Readonly<Record<string, OpenContender>> = { pg: openPg, holdfast: openHoldfast };
