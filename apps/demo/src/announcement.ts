import type { TenantDirectory } from './tenants/tenant-directory.js';

/** What is printed once the demo is up: where it is, who may use it, how they are kept apart, and what to try. */
export function announcement(
  address: string,
  directories: readonly TenantDirectory[],
  notice: readonly string[],
): string {
  const users = keysOf(directories);
  const width = Math.max(...users.map(([name]) => name.length));
  const table = users.map(([name, role, key]) => `  ${name.padEnd(width)}  ${role.padEnd(13)}  ${key}`);
  return [
    `Holdfast demo on ${address}`,
    '',
    'Access keys (a key is its scope):',
    ...table,
    '',
    ...notice,
    '',
    'Try:',
    ...commandsToTry(address, directories).map((command) => `  ${command}`),
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

/** Three commands for a shell with curl. */
function commandsToTry(address: string, directories: readonly TenantDirectory[]): readonly string[] {
  const domain = directories[0]!.domains[0]!;
  const user = domain.users[0]!;
  const session = {
    name: 'my-first',
    type: 'interactive',
    image: 'python:3.12',
    requestedSlots: { cpu: '2', mem: '4294967296', 'cuda.shares': '0.5' },
  };
  return [
    `curl -sg -H 'Authorization: Bearer ${user.accessKey}' '${address}/sessions?filter[status][in]=RUNNING,PENDING&order=-gpuCount,name&first=3&total=exact'`,
    `curl -s -H 'Authorization: Bearer ${user.accessKey}' -H 'Content-Type: application/json' -d '${JSON.stringify(session)}' ${address}/sessions`,
    `curl -s ${address}/metrics`,
  ];
}

function keysOf(directories: readonly TenantDirectory[]): readonly (readonly [string, string, string])[] {
  const superadmin = ['superadmin', 'superadmin', directories[0]!.superadminKey] as const;
  const domains = directories.flatMap((directory) => directory.domains);
  return [
    superadmin,
    ...domains.flatMap((domain) => [
      [domain.name, 'domain admin', domain.adminKey] as const,
      ...domain.projects.flatMap((project) => [
        [`${domain.name}/${project.name}`, 'project admin', project.adminKey] as const,
        ...domain.users
          .filter((user) => user.project === project)
          .map((user) => [`${domain.name}/${project.name}/${user.name}`, 'user', user.accessKey] as const),
      ]),
    ]),
  ];
}
