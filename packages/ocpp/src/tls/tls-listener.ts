import type { X509Certificate } from 'node:crypto';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { Clock, Log } from '@roambridge/core';
import { createExpiryAlarm } from './expiry-alarm.js';
import type { TlsMaterial } from './material.js';
import { authorities } from './peer-certificate.js';
import { secureContext } from './secure-context.js';

/** Time for a TLS handshake, ms (S28). */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** How often the files are looked at for new certificates, ms. */
const RELOAD_MS = 10_000;

export interface TlsListener {
  https: Server;
  /** Authorities of client certificates, as they are now. */
  roots(): readonly X509Certificate[];
  /** Their revocation lists, PEM. */
  lists(): readonly string[];
  /** Looks for new material; open sockets keep what they have. */
  reload(): void;
  watch(): void;
  stop(): void;
}

/**
 * HTTPS server with the present certificates, which it replaces without touching a socket. Throws an Error when the first
 * material cannot be used; a later one that cannot is logged, and the one before stays.
 */
export function createTlsListener(options: {
  load: () => TlsMaterial;
  http: ServerOptions;
  clock: Clock;
  log: Log;
  /** Tells a person that a certificate of the gateway ends soon. */
  alarm: (message: string) => void;
}): TlsListener {
  const { load, clock, log } = options;
  let material = load();
  let context = secureContext(material);
  let roots = authorities(material.clientCa);
  let cancel = (): void => {};
  const alarm = createExpiryAlarm(options.alarm);
  const https = createServer({
    ...options.http,
    ...context.options,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    // Who shows none, or a bad one, may still be a station with a password: the upgrade request is what is judged.
    requestCert: material.clientCa !== undefined,
    rejectUnauthorized: false,
  });
  https.on('tlsClientError', (error, socket) => {
    log.debug({ err: error, remote: socket.remoteAddress }, 'TLS handshake failed');
  });
  alarm(context.certificates, clock.now());

  function reload(): void {
    let next: TlsMaterial;
    try {
      next = load();
      if (JSON.stringify(next) !== JSON.stringify(material)) {
        context = secureContext(next);
        // A new context has new ticket keys: nobody resumes a session that older authorities had let in.
        https.setSecureContext(context.options);
        roots = authorities(next.clientCa);
        material = next;
        log.info({ certificates: context.certificates.length }, 'certificates for chargers loaded anew');
      }
    } catch (err) {
      log.error({ err }, 'new certificates for chargers cannot be used; the present ones stay');
    }
    alarm(context.certificates, clock.now());
  }

  return {
    https,
    roots: () => roots,
    lists: () => material.clientCrl ?? [],
    reload,
    watch() {
      cancel = clock.after(RELOAD_MS, () => {
        reload();
        this.watch();
      });
    },
    stop: () => cancel(),
  };
}
