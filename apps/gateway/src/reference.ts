import { METRICS } from '@roambridge/telemetry';
import { SETTINGS } from './settings.js';

/** The text of docs/reference/config.md. */
export function configReference(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { default: byDefault, meaning }]) =>
      `| \`${name}\` | ${byDefault === '' ? '-' : `\`${byDefault}\``} | ${meaning} |`,
  );
  return `# Settings

The gateway reads its settings from the environment when it starts. A value that cannot be used is refused with a
message that names the setting; nothing is replaced by a default silently. Durations are written with their unit:
\`250ms\`, \`3s\`, \`15m\`, \`24h\`, \`7d\`.

| name | default | meaning |
|---|---|---|
${rows.join('\n')}

This page is made from the table in \`apps/gateway/src/settings.ts\`: \`node apps/gateway/dist/write-reference.js\`.
`;
}

/** The text of docs/reference/metrics.md. */
export function metricsReference(): string {
  const rows = Object.values(METRICS).map(
    ({ name, type, labels, help }) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ') || '-'} | ${help} |`,
  );
  return `# Metrics

\`GET /metrics\` on the operator port answers in the Prometheus text format. Beside the gateway's own metrics below
there are those of the process (memory, CPU, event loop, garbage collection) with the same prefix.

| name | type | labels | meaning |
|---|---|---|---|
${rows.join('\n')}

This page is made from the catalogue in \`packages/telemetry/src/metric-catalogue.ts\`:
\`node apps/gateway/dist/write-reference.js\`.
`;
}
