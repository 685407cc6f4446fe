import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { AddressRefused } from './address-refused.js';
import { isPublicAddress } from './public-address.js';

/** Looks a name up, and fails with AddressRefused where any of its addresses is not public. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) callback(error, []);
    else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(new AddressRefused(), []);
    else if (options.all === true) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

/**
 * Connects to public addresses only. What a name stands for is checked where the connection is made, so that one which
 * stands for something else a moment later is no way in.
 */
export function guardedAgent(): Agent {
  return new Agent({ connect: { lookup: publicLookup } });
}

/** Throws AddressRefused for an address that is none of a name, and not public: those are not looked up. */
export function refusePrivateHost(host: string): void {
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new AddressRefused();
}
