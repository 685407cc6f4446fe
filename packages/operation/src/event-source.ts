/** Who published an event: the object to filter by where two applications share a process. */
export type EventSource = object | null;
