import { describe, expect, test } from '@jest/globals';
import { cleanText, maskToken, redactFields } from '../src/redaction.js';

describe('redaction of log fields', () => {
  test('a token keeps its last two characters, a short one none', () => {
    expect(maskToken('DEADBEEF42')).toBe('***42');
    expect(maskToken('AB12')).toBe('***');
  });

  test('authorization, token, password and idTag are masked at any depth and in any spelling', () => {
    const redacted = redactFields({
      headers: { Authorization: 'Token c2VjcmV0', 'set-cookie': 'session=abcdefgh' },
      partner: { inbound_token: 'inbound-secret', outboundToken: 'outbound-secret' },
      frames: [{ idTag: '04AABBCCDD', idToken: { idToken: '04AABBCCDD', type: 'ISO14443' } }],
      password: 'correct horse battery',
      stationId: 'CP-1',
    });
    const text = JSON.stringify(redacted);
    for (const secret of [
      'c2VjcmV0',
      'abcdefgh',
      'inbound-secret',
      'outbound-secret',
      '04AABBCCDD',
      'horse',
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(redacted).toMatchObject({ stationId: 'CP-1', frames: [{ idTag: '***DD' }] });
  });

  test('credentials inside a text are masked', () => {
    expect(cleanText('sent Authorization: Token abcdefgh12')).toBe('sent Authorization: Token ***12');
  });

  test('control characters of a charger cannot forge lines or colours', () => {
    expect(cleanText('a\nb\u001b[31mc\u202e')).toBe('a\\u000ab\\u001b[31mc\\u202e');
  });

  test('an error keeps its type, message and members, and cycles are cut', () => {
    const error = Object.assign(new TypeError('broken\nline'), { code: 'E1', password: 'hunter2hunter2' });
    const loop: Record<string, unknown> = { error };
    loop.self = loop;
    expect(redactFields(loop)).toMatchObject({
      error: { type: 'TypeError', message: 'broken\\u000aline', code: 'E1', password: '***r2' },
      self: '[circular]',
    });
  });
});
