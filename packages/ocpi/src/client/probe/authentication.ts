import { randomBytes } from 'node:crypto';
import type { ProbeFinding } from '@roambridge/core';
import type { Probe } from './probe.js';
import type { Probed } from './probe-calls.js';

/** Which forms of the token open the platform, and whether a wrong one does (OCPI TR-003, TR-004, TR-010). */
export async function checkAuthentication(
  { adapter, calls, token, encoding }: Probe,
  versionsUrl: string,
): Promise<ProbeFinding[]> {
  const findings: ProbeFinding[] = [];
  const own = adapter.tokenEncoding;
  if (encoding !== own) {
    findings.push(
      found(
        'warning',
        `It takes the token ${formOf(encoding)}, although OCPI ${adapter.version} wants it ${formOf(own)}.`,
      ),
    );
  }
  const other = encoding === 'raw' ? 'base64' : 'raw';
  const inOtherForm = await calls.get(versionsUrl, { token, encoding: other });
  findings.push(
    found(
      'ok',
      inOtherForm.data === undefined
        ? `The token is taken ${formOf(encoding)} only.`
        : `The token is taken ${formOf(encoding)}; for the versions also ${formOf(other)}.`,
    ),
  );
  const wrong = await calls.get(versionsUrl, { token: randomBytes(24).toString('hex'), encoding });
  findings.push(judgeWrongToken(wrong));
  return findings;
}

function judgeWrongToken({ answer, outcome, data }: Probed): ProbeFinding {
  if (data !== undefined) {
    return found(
      'problem',
      'It answers a token that nobody issued as if it were valid: whoever knows its address can read from it.',
    );
  }
  if (answer.kind === 'response' && answer.status === 401)
    return found('ok', 'A wrong token is refused with HTTP 401.');
  return found('warning', `A wrong token is not refused with HTTP 401 but with: ${outcome}.`);
}

function formOf(encoding: 'raw' | 'base64'): string {
  return encoding === 'raw' ? 'as it is' : 'in Base64';
}

function found(verdict: ProbeFinding['verdict'], finding: string): ProbeFinding {
  return { check: 'authentication', verdict, finding };
}
