import { cursorDoor } from './doors/cursor-door.js';
import { dataDoor } from './doors/data-door.js';
import { jsonDoors } from './doors/json-doors.js';
import { oversizedDoors } from './doors/oversized-doors.js';
import { queryStringDoors } from './doors/query-string-doors.js';
import type { SearchDoor } from './search-door.js';

/** Every way in. */
export const searchDoors = [
  ...queryStringDoors,
  ...jsonDoors,
  dataDoor,
  cursorDoor,
  ...oversizedDoors,
] as readonly unknown[] as readonly SearchDoor[];
