/** What may be done on which hosts of virtual folders: permissions by host, e.g. `{ 'local:volume1': ['create-vfolder'] }`. */
export type VfolderHosts = Readonly<Record<string, readonly string[]>>;
