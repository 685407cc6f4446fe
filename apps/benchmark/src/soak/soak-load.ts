/** How many do it at once. */
export const CALLERS = 16;
export const CONNECTIONS = 10;
/** How often the network cuts a connection in the whole time; the pool then parts with all that it has. */
export const CUTS = 5;
