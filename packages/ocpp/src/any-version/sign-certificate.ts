import type { Route } from '../routing.js';
import { need, readInteger, readText } from '../validation/read.js';

/** SignCertificate: the certificate follows after the answer, in a call of our own (B-012). */
export const signCertificate: Route = {
  messageClass: 'plain',
  // The same request again wants a certificate again.
  repeatable: false,
  async answer(payload, call) {
    // As it is: its lines are part of it.
    const csr = need(typeof payload.csr === 'string' ? payload.csr : undefined, payload, 'csr');
    const certificateType = readText(payload, 'certificateType', call);
    const requestId = readInteger(payload, 'requestId', call);
    const decision = await call.edge.requestCertificate(
      call.stationId,
      {
        csr,
        ...(certificateType === undefined ? {} : { certificateType }),
        ...(requestId === undefined ? {} : { requestId }),
      },
      call.frame,
    );
    if (!decision.accepted) return { status: 'Rejected' };
    call.afterAnswer(() => decision.proceed());
    return { status: 'Accepted' };
  },
};
