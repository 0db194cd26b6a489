import type { Route } from '../routing.js';
import { need, readObject, readText, readWord } from '../validation/read.js';
import type { WireObject } from '../wire.js';
import { readHash } from './contract-proof.js';

/** Longest answers that the schemas allow. */
const EXI_MAX_CHARS = 5_600;
const OCSP_MAX_CHARS = 5_500;
const REASON_MAX_CHARS = 20;

const ACTIONS = ['Install', 'Update'] as const;

const failed = (reason: string): WireObject => ({
  status: 'Failed',
  statusInfo: { reasonCode: reason.slice(0, REASON_MAX_CHARS) },
});

/** Get15118EVCertificate: handed on as it is (M01, M02). */
export const get15118EvCertificate: Route = {
  messageClass: 'plain',
  waitsForOthers: true,
  repeatable: true,
  async answer(payload, call) {
    const request = {
      stationId: call.stationId,
      action: need(readWord(payload, 'action', ACTIONS, call), payload, 'action', 'value'),
      schemaVersion: need(readText(payload, 'iso15118SchemaVersion', call), payload, 'iso15118SchemaVersion'),
      exiRequest: need(readText(payload, 'exiRequest', call), payload, 'exiRequest'),
    };
    const answer = await call.edge.evCertificate(request, call.frame);
    // The schema wants a text for the vehicle also where there is none.
    if (answer.kind === 'failed') return { ...failed(answer.reason), exiResponse: '' };
    return answer.exiResponse.length > EXI_MAX_CHARS
      ? { ...failed('TooLarge'), exiResponse: '' }
      : { status: 'Accepted', exiResponse: answer.exiResponse };
  },
};

/** GetCertificateStatus: what the responder of a certificate says of it (M06). */
export const getCertificateStatus: Route = {
  messageClass: 'plain',
  waitsForOthers: true,
  // A status grows old.
  repeatable: false,
  async answer(payload, call) {
    const data = need(readObject(payload, 'ocspRequestData', call), payload, 'ocspRequestData');
    const hash = need(readHash(data, call), payload, 'ocspRequestData', 'value');
    const der = await call.edge.certificateStatus(hash, call.frame);
    const ocspResult = der && Buffer.from(der).toString('base64');
    if (ocspResult === undefined) return failed('NoAnswer');
    return ocspResult.length > OCSP_MAX_CHARS ? failed('TooLarge') : { status: 'Accepted', ocspResult };
  },
};
