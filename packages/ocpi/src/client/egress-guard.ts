import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './address-rules.js';

const RESOLVE_TIMEOUT_MS = 2_000;

/**
 * Decides where requests to URLs that partners supplied may go. Unless private URLs are allowed, only https to
 * public addresses; the address is checked again at connect time, so that a name cannot change its mind.
 */
export interface EgressGuard {
  /** Why a URL must not be called, in words for the partner; undefined = it may. */
  refusal(url: string): Promise<string | undefined>;
  /** The part of the check that needs no name resolution. */
  refusalOfText(url: string): string | undefined;
  /** Resolves a host name for a connection and fails when it leads to an address that is not allowed. */
  lookup: LookupFunction;
}

export function createEgressGuard(options: { allowPrivate: boolean }): EgressGuard {
  const isAllowed = (address: string) => options.allowPrivate || isPublicAddress(address);

  function refusalOfText(text: string): string | undefined {
    if (!URL.canParse(text)) {
      return 'must be an absolute URL';
    }
    const url = new URL(text);
    if (url.protocol !== 'https:' && !(options.allowPrivate && url.protocol === 'http:')) {
      return options.allowPrivate ? 'must be an http or https URL' : 'must be an https URL';
    }
    if (url.username !== '' || url.password !== '') {
      return 'must not contain a user name or password';
    }
    const host = hostOf(url);
    return isIP(host) !== 0 && !isAllowed(host) ? 'must lead to a public address' : undefined;
  }

  const lookup: LookupFunction = (hostname, lookupOptions, callback) => {
    resolve(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
        callback(new Error(`${hostname} leads to an address that is not allowed`), '', 0);
        return;
      }
      if (lookupOptions.all === true) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };

  async function refusal(text: string): Promise<string | undefined> {
    const reason = refusalOfText(text);
    if (reason !== undefined || options.allowPrivate) {
      return reason;
    }
    const host = hostOf(new URL(text));
    if (isIP(host) !== 0) {
      return undefined;
    }
    const addresses = await resolveWithin(host, RESOLVE_TIMEOUT_MS);
    if (addresses.length === 0) {
      return 'has a host name that cannot be resolved';
    }
    return addresses.every(isPublicAddress) ? undefined : 'must lead to a public address';
  }

  return { refusal, refusalOfText, lookup };
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** All addresses of a name; none when it cannot be resolved in time. */
function resolveWithin(host: string, timeoutMs: number): Promise<string[]> {
  return new Promise((done) => {
    const timer = setTimeout(() => done([]), timeoutMs);
    resolve(host, { all: true }, (error, addresses) => {
      clearTimeout(timer);
      done(error === null ? addresses.map(({ address }) => address) : []);
    });
  });
}
