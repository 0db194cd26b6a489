import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../src/logger.js';

function collect(): { destination: Writable; text: () => string } {
  let text = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { destination, text: () => text };
}

describe('logger', () => {
  test('json: one document per line with level, time, fields and message', () => {
    const { destination, text } = collect();
    const log = createLogger({ level: 'info', format: 'json', destination });
    log.debug({ station: 'CP-1' }, 'not written');
    log.warn({ station: 'CP-1\n', token: 'secret-token' }, 'refused');
    const lines = text().trim().split('\n');
    expect(lines).toHaveLength(1);
    const line: unknown = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ level: 'warn', station: 'CP-1\\u000a', token: '***en', msg: 'refused' });
    expect(line).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
  });

  test('every line tells the name of its gateway, where it has one', () => {
    const { destination, text } = collect();
    createLogger({ level: 'info', format: 'json', node: 'gw-1', destination }).info({}, 'up');
    expect(JSON.parse(text())).toMatchObject({ node: 'gw-1', msg: 'up' });
  });

  test('pretty: one readable line, secrets masked', () => {
    const { destination, text } = collect();
    createLogger({ level: 'info', format: 'pretty', destination }).info(
      { password: 'correct-horse' },
      'station saved',
    );
    expect(text()).toContain('station saved');
    expect(text()).not.toContain('correct-horse');
    expect(text().trim().split('\n')).toHaveLength(1);
  });
});
