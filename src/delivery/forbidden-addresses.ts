import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent } from 'undici';

/** An address that must not be fetched. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** Which addresses may be fetched. */
export interface AddressGuardOptions {
  /** `ALLOW_PRIVATE_MEDIA_HOSTS`. */
  allowPrivate: boolean;
  /** Origins that may be private all the same: the sandbox's own. */
  trustedOrigins: readonly string[];
  /** Finds all addresses of a name. @default the machine's own */
  lookup?: LookUp;
}

/** The part of `dns.lookup` that the guard uses. */
export type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** How long a connection and an answer's first byte may take, in ms. */
const TIMEOUT_MS = 30_000;

/**
 * Fetches addresses that came from outside, without reaching into the network the bot stands in. A name is checked
 * after it was looked up, and the connection goes to the very address that was checked, so that a second look-up cannot
 * give another one.
 */
export class AddressGuard {
  readonly #options: AddressGuardOptions;
  readonly #guarded: Agent;
  readonly #open: Agent;

  constructor(options: AddressGuardOptions) {
    this.#options = options;
    const timeouts = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
    this.#guarded = new Agent({
      ...timeouts,
      connect: { timeout: TIMEOUT_MS, lookup: publicOnly(options.lookup ?? dnsLookup) },
    });
    this.#open = new Agent({ ...timeouts, connect: { timeout: TIMEOUT_MS } });
  }

  /**
   * The agent to fetch an address with.
   * @throws {ForbiddenAddressError} when its scheme is not http(s), it carries a password, or its host is an address of
   * a private network.
   */
  agentFor(url: URL): Agent {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new ForbiddenAddressError(`expected http or https, got ${url.protocol}`);
    }
    if (url.username || url.password) throw new ForbiddenAddressError('the address carries a user name or password');
    if (this.#options.allowPrivate || this.#options.trustedOrigins.includes(url.origin)) return this.#open;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // A literal address is never looked up, so it is checked here.
    if (ipaddr.isValid(host) && !isPublic(host)) throw new ForbiddenAddressError(`${host} is not a public address`);
    return this.#guarded;
  }

  /** Closes connections. */
  async stop(): Promise<void> {
    await Promise.all([this.#guarded.destroy(), this.#open.destroy()]);
  }
}

/** Whether an IP address is one of the public internet, also when it is an IPv4 address written as IPv6. */
export function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6, only 2000::/3 has been given out so far (IANA, IPv6 Global Unicast Address Assignments).
  return !(parsed instanceof ipaddr.IPv6) || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
}

const publicOnly =
  (lookUp: LookUp): LookupFunction =>
  (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const forbidden = addresses.find(({ address }) => !isPublic(address));
      const first = addresses[0];
      if (forbidden || !first) {
        return callback(new ForbiddenAddressError(`${hostname} leads to ${forbidden?.address ?? 'no address'}`), '');
      }
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
