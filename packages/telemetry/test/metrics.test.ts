import { describe, expect, test } from '@jest/globals';
import { METRICS, type MetricDefinition } from '../src/metric-catalogue.js';
import { createMetrics } from '../src/metrics.js';

const definitions: MetricDefinition[] = Object.values(METRICS);

describe('metrics', () => {
  test('every metric of the catalogue is exposed under its name, type and help', async () => {
    const text = await createMetrics({ processMetrics: false }).expose();
    for (const { name, type, help } of definitions) {
      expect(text).toContain(`# HELP ${name} ${help}`);
      expect(text).toContain(`# TYPE ${name} ${type}`);
    }
    expect(text.match(/^# TYPE /gm)).toHaveLength(definitions.length);
  });

  test('names are in base units: counters end in _total, durations in _seconds', () => {
    for (const { name, type } of definitions) {
      expect(name.endsWith('_total')).toBe(type === 'counter');
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|kwh)(_|$)/);
    }
  });

  test('no label can hold a station id, a token or a session id', () => {
    for (const { labels } of definitions) {
      for (const label of labels) expect(label).not.toMatch(/station|token|tag|session|transaction/);
    }
  });

  test('values count per label, and two registries do not share them', async () => {
    const one = createMetrics();
    const other = createMetrics({ processMetrics: false });
    one.stationsConnected.inc({ protocol: 'ocpp1.6' });
    one.ocppCallDuration.observe({ action: 'Heartbeat', direction: 'in', outcome: 'result' }, 0.02);
    expect(await one.expose()).toContain('roambridge_stations_connected{protocol="ocpp1.6"} 1');
    expect(await one.expose()).toContain('roambridge_process_cpu_seconds_total');
    expect(await other.expose()).not.toContain('ocpp1.6');
  });
});
