import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TAG, writeDer } from '../../../../packages/ocpp/src/ocsp/der.js';
import { integerContent } from '../../../../packages/ocpp/src/ocsp/request.js';

/** Hash of name and key of the issuer in all requests of the tests, hex. */
export const ISSUER = 'ab'.repeat(32);

const VERDICTS = {
  good: Buffer.from([0x80, 0]),
  revoked: writeDer(0xa1, time(Date.now() - 86_400_000)),
};

/** A responder that answers every question about `serial` alike, without a signature of its own. */
export async function startResponder(serial: string): Promise<{
  url: string;
  says(verdict: keyof typeof VERDICTS): void;
  stop(): Promise<void>;
}> {
  let verdict: keyof typeof VERDICTS = 'good';
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'Content-Type': 'application/ocsp-response' });
      response.end(answer(serial, VERDICTS[verdict]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ocsp`,
    says(next) {
      verdict = next;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function time(at: number): Buffer {
  return writeDer(TAG.generalizedTime, Buffer.from(new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')));
}

/** OCSPResponse of RFC 6960. */
function answer(serial: string, status: Buffer): Buffer {
  const sha256 = Buffer.from('608648016503040201', 'hex');
  const id = writeDer(
    TAG.sequence,
    writeDer(TAG.sequence, writeDer(TAG.oid, sha256), writeDer(TAG.null)),
    writeDer(TAG.octetString, Buffer.from(ISSUER, 'hex')),
    writeDer(TAG.octetString, Buffer.from(ISSUER, 'hex')),
    writeDer(TAG.integer, integerContent(serial)),
  );
  const single = writeDer(TAG.sequence, id, status, time(Date.now() - 60_000));
  const responder = writeDer(0xa2, writeDer(TAG.octetString, Buffer.alloc(20, 1)));
  const tbs = writeDer(TAG.sequence, responder, time(Date.now()), writeDer(TAG.sequence, single));
  const ecdsa = Buffer.from('2a8648ce3d040302', 'hex');
  const basic = writeDer(
    TAG.sequence,
    tbs,
    writeDer(TAG.sequence, writeDer(TAG.oid, ecdsa)),
    writeDer(TAG.bitString, Buffer.from([0, 1])),
  );
  const bytes = writeDer(
    TAG.sequence,
    writeDer(TAG.oid, Buffer.from('2b0601050507300101', 'hex')),
    writeDer(TAG.octetString, basic),
  );
  return writeDer(TAG.sequence, writeDer(TAG.enumerated, Buffer.from([0])), writeDer(0xa0, bytes));
}
