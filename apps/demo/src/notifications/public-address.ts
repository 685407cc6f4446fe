import ipaddr from 'ipaddr.js';

/** Whether an IP address is one of the public internet: not private, of this machine, of the link, or reserved. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
