import { answerJson, type Script, type ScriptedPartner, startPartner, success } from './scripted-partner.js';

/** The versions and details side of an eMSP platform that registers with us. */
export async function startEmsp(
  version: string,
  options: { token?: string; encoding?: 'raw' | 'base64'; versions?: string[]; endpoints?: object[] } = {},
) {
  const token = options.token ?? 'token-b';
  const encoding = options.encoding ?? (version === '2.1.1' ? 'raw' : 'base64');
  let self: ScriptedPartner | undefined;
  const accepted = `Token ${encoding === 'raw' ? token : Buffer.from(token).toString('base64')}`;
  const script: Script = ({ url, headers }, response) => {
    const base = self?.base ?? '';
    if (headers.authorization !== accepted) {
      answerJson(response, 401, { status_code: 2000, timestamp: '2025-06-01T12:00:00Z' });
    } else if (url === '/versions') {
      success(
        response,
        (options.versions ?? ['2.1', version]).map((each) => ({ version: each, url: `${base}/${each}` })),
      );
    } else {
      success(response, { version, endpoints: options.endpoints ?? endpointsOf(version, base) });
    }
  };
  const server = await startPartner(script);
  self = server;
  return { ...server, versionsUrl: `${server.base}/versions`, token, restore: () => server.script(script) };
}

export function endpointsOf(version: string, base: string): object[] {
  const endpoint = (identifier: string, role: string) => ({
    identifier,
    ...(version === '2.1.1' ? {} : { role }),
    url: `${base}/${version}/${identifier}`,
  });
  return [
    endpoint('credentials', 'RECEIVER'),
    endpoint('locations', 'RECEIVER'),
    endpoint('tokens', 'SENDER'),
    { identifier: 'cdrs', role: 'RECEIVER', url: '/relative' },
  ];
}

export function credentialsBody(version: string, emsp: { versionsUrl: string; token: string }): object {
  const business_details = { name: 'MSP One', website: 'https://msp.example' };
  return version === '2.1.1'
    ? { token: emsp.token, url: emsp.versionsUrl, business_details, party_id: 'MSP', country_code: 'NL' }
    : {
        token: emsp.token,
        url: emsp.versionsUrl,
        roles: [{ role: 'EMSP', party_id: 'msp', country_code: 'nl', business_details }],
        unknown_member: 1,
      };
}
