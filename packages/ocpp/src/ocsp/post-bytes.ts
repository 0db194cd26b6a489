import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { PostBytes } from './check-contract.js';

/** An answer about a certificate is a few kB. */
const MAX_ANSWER_BYTES = 65_536;

/** Where requests to addresses that chargers name may go. */
export interface Egress {
  /** Why a URL must not be called; undefined = it may, as far as its text tells. */
  refusalOfText(url: string): string | undefined;
  /** Resolves a name and fails when it leads to an address that is not allowed. */
  lookup: LookupFunction;
}

/** POST over http or https, no redirects, one deadline for all of it. */
export function createPostBytes(egress: Egress): PostBytes {
  return (address, { contentType, body, deadlineMs }) =>
    new Promise((resolve, reject) => {
      // Responders use plain http: their answers are signed. All else is judged as for partners.
      const refusal = egress.refusalOfText(address.replace(/^http:/i, 'https:'));
      if (refusal !== undefined) {
        reject(new Error(`URL ${refusal}`));
        return;
      }
      const url = new URL(address);
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(
        url,
        {
          method: 'POST',
          lookup: egress.lookup,
          headers: { 'Content-Type': contentType, 'Content-Length': body.length },
          signal: AbortSignal.timeout(deadlineMs),
        },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > MAX_ANSWER_BYTES) request.destroy(new Error('the answer is too large'));
            else chunks.push(chunk);
          });
          response.on('end', () => {
            if (response.statusCode === 200) resolve(Buffer.concat(chunks));
            else reject(new Error(`HTTP ${response.statusCode}`));
          });
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
}
