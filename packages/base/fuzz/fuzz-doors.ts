import type { Door } from './door.js';
import { cursorDoor } from './doors/cursor-door.js';
import { dataDoor } from './doors/data-door.js';
import { jsonDoors } from './doors/json-doors.js';
import { oversizedDoors } from './doors/oversized-doors.js';
import { queryStringDoors } from './doors/query-string-doors.js';

/** Every way in. */
export const fuzzDoors = [
  ...queryStringDoors,
  ...jsonDoors,
  dataDoor,
  cursorDoor,
  ...oversizedDoors,
] as readonly unknown[] as readonly Door[];
