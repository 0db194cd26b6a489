import { readFileSync } from 'node:fs';
import type { RevocationPolicy, TlsMaterial } from '@roambridge/ocpp';
import type { Settings } from './settings.js';

type TlsSettings = Pick<
  Settings,
  | 'OCPP_TLS_PORT'
  | 'OCPP_TLS_CERT'
  | 'OCPP_TLS_KEY'
  | 'OCPP_TLS_CLIENT_CA'
  | 'OCPP_TLS_CLIENT_CRL'
  | 'OCPP_TLS_CLIENT_OCSP'
  | 'OCPP_TLS_CLIENT_REVOCATION'
>;

/** What does not fit together, one line for each. */
export function tlsContradictions(settings: TlsSettings): string[] {
  const { OCPP_TLS_PORT, OCPP_TLS_CERT, OCPP_TLS_KEY, OCPP_TLS_CLIENT_CA, OCPP_TLS_CLIENT_CRL } = settings;
  const problems: string[] = [];
  if (OCPP_TLS_PORT !== undefined && !(OCPP_TLS_CERT && OCPP_TLS_KEY)) {
    problems.push('OCPP_TLS_PORT needs OCPP_TLS_CERT and OCPP_TLS_KEY');
  }
  if (OCPP_TLS_PORT === undefined && (OCPP_TLS_CERT || OCPP_TLS_KEY || OCPP_TLS_CLIENT_CA)) {
    problems.push('OCPP_TLS_CERT, OCPP_TLS_KEY and OCPP_TLS_CLIENT_CA do nothing without OCPP_TLS_PORT');
  }
  if ((OCPP_TLS_CLIENT_CRL || settings.OCPP_TLS_CLIENT_OCSP) && !OCPP_TLS_CLIENT_CA) {
    problems.push('OCPP_TLS_CLIENT_CRL and OCPP_TLS_CLIENT_OCSP need OCPP_TLS_CLIENT_CA');
  }
  return problems;
}

export function chargerTls(settings: TlsSettings): 'off' | 'server' | 'mutual' {
  if (settings.OCPP_TLS_PORT === undefined) return 'off';
  return settings.OCPP_TLS_CLIENT_CA ? 'mutual' : 'server';
}

/** Port and files of the TLS listener; `load` throws an Error that names the file that cannot be read. */
export function tlsListener(
  settings: TlsSettings,
): { port: number; load: () => TlsMaterial; revocation: RevocationPolicy } | undefined {
  const { OCPP_TLS_PORT: port, OCPP_TLS_CERT = [], OCPP_TLS_KEY = [] } = settings;
  const { OCPP_TLS_CLIENT_CA, OCPP_TLS_CLIENT_CRL } = settings;
  if (port === undefined) return undefined;
  return {
    port,
    revocation: {
      askResponders: settings.OCPP_TLS_CLIENT_OCSP,
      whenUnknown: settings.OCPP_TLS_CLIENT_REVOCATION === 'strict' ? 'refuse' : 'accept',
    },
    load: () => ({
      certificates: OCPP_TLS_CERT.map(read),
      keys: OCPP_TLS_KEY.map(read),
      ...(OCPP_TLS_CLIENT_CA ? { clientCa: OCPP_TLS_CLIENT_CA.map(read).join('\n') } : {}),
      ...(OCPP_TLS_CLIENT_CRL ? { clientCrl: OCPP_TLS_CLIENT_CRL.map(read) } : {}),
    }),
  };
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
