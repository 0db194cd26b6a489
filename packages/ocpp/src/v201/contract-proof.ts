import type { CertificateHash, ContractProof } from '@roambridge/core';
import type { InboundCall } from '../routing.js';
import { readText } from '../validation/read.js';
import { isWireObject, type WireObject } from '../wire.js';

const ALGORITHMS: readonly CertificateHash['algorithm'][] = ['SHA256', 'SHA384', 'SHA512'];
const HEX = /^(?:[0-9A-Fa-f]{2})+$/;
const HEX_NUMBER = /^[0-9A-Fa-f]{1,40}$/;

/** What an Authorize shows of a contract (C07); undefined = nothing. A part that cannot be read proves nothing. */
export function readContract(payload: WireObject, call: InboundCall): ContractProof | undefined {
  // As it is: its lines are part of it.
  const certificate = typeof payload.certificate === 'string' ? payload.certificate : undefined;
  const list = payload.iso15118CertificateHashData;
  if (certificate === undefined && !Array.isArray(list)) return undefined;
  const shown = Array.isArray(list) ? list : [];
  const hashes = shown.flatMap((entry) => readHash(entry, call) ?? []);
  return {
    hashes: hashes.length === shown.length ? hashes : [],
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/** OCSPRequestDataType; undefined where a part of it cannot be read. */
export function readHash(entry: unknown, call: InboundCall): CertificateHash | undefined {
  if (!isWireObject(entry)) return undefined;
  const algorithm = ALGORITHMS.find((name) => name === entry.hashAlgorithm);
  const issuerNameHash = readText(entry, 'issuerNameHash', call);
  const issuerKeyHash = readText(entry, 'issuerKeyHash', call);
  const serialNumber = readText(entry, 'serialNumber', call)?.replace(/^0x/i, '');
  const responderUrl = readText(entry, 'responderURL', call);
  if (algorithm === undefined || issuerNameHash === undefined || issuerKeyHash === undefined)
    return undefined;
  if (serialNumber === undefined || responderUrl === undefined) return undefined;
  const readable = HEX.test(issuerNameHash) && HEX.test(issuerKeyHash) && HEX_NUMBER.test(serialNumber);
  return readable ? { algorithm, issuerNameHash, issuerKeyHash, serialNumber, responderUrl } : undefined;
}
