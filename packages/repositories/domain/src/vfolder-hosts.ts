import { InvalidInput } from '@holdfast/errors';
import { escapePointer, plainObject } from '@holdfast/querier';

/** What may be done on which hosts of virtual folders: permissions by host, e.g. `{ 'local:volume1': ['create-vfolder'] }`. */
export type VfolderHosts = Readonly<Record<string, readonly string[]>>;

/** The permissions by host that somebody gave. Throws `InvalidInput`, with a pointer to what is no list, or no text. */
export function vfolderHosts(hosts: VfolderHosts, pointer = '/allowedVfolderHosts'): VfolderHosts {
  const checked = Object.entries(plainObject(hosts, pointer)).map(([host, permissions]) => {
    const at = `${pointer}/${escapePointer(host)}`;
    if (host === '') throw new InvalidInput('INVALID_VALUE', 'A host has a name.', at);
    if (!Array.isArray(permissions)) throw new InvalidInput('INVALID_VALUE', 'Permissions are a list.', at);
    return [host, Array.from(permissions, (one: unknown, i) => permission(one, `${at}/${i}`))];
  });
  return Object.fromEntries(checked) as VfolderHosts;
}

function permission(text: unknown, pointer: string): string {
  if (typeof text === 'string' && text !== '') return text;
  throw new InvalidInput('INVALID_VALUE', 'A permission is a text that is not empty.', pointer);
}
