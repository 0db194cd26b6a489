import { MODEL_QUIRKS, QUIRK_SUBJECTS, type Quirk } from '@roambridge/domain';
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

/** The text of docs/reference/quirks.md. */
export function quirksReference(): string {
  const subjects = Object.entries(QUIRK_SUBJECTS).map(([subject, quirks]) => {
    const rows = Object.entries<Quirk>(quirks).map(([id, quirk]) => {
      const how =
        quirk.switch === undefined ? 'always' : `\`${quirk.switch}\`${quirk.suggested ? ', suggested' : ''}`;
      const signs = (quirk.signs ?? []).map((sign) => `\`${sign}\``).join(', ');
      return `| ${id} | ${quirk.does} | ${quirk.handled} | ${how} | ${signs || '-'} | ${quirk.seenAt} |`;
    });
    return `## ${subject}

| id | such chargers | the gateway | on | shows as | seen at |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
  });
  const models = MODEL_QUIRKS.map(
    ({ vendor, model, firmware, quirks, reason }) =>
      `| \`${vendor}\` | \`${model}\` | \`${firmware}\` | ${quirks.map((quirk) => `\`${quirk}\``).join(', ')} | ${reason} |`,
  );
  return `# Quirks of chargers

What chargers do that their protocol does not allow, and how the gateway lives with it. Most of it is always on. What
could do harm to a charger that behaves is a switch: an entry of the station's \`quirks\` (\`PUT /stations/{id}\`). Where
the gateway finds out by itself that a switch would help, it says so on the attention list; it never switches on by itself
what changes energy, time or money.

A frame that shows a quirk names it: \`GET /stations/{id}/frames\` has what was odd in \`anomalies\` and the ids of this page
in \`quirks\`, beside the frame as it came. \`roambridge_ocpp_quirks_total\` counts them. The column "shows as" has the
lines of \`anomalies\`, \`*\` for any characters.

${subjects.join('\n')}
## On by the make of the charger

By what the charger said in its BootNotification; \`*\` stands for any characters. An entry with a minus in front
(\`-repair_json\`) in the station's \`quirks\` switches it off for that station.

| vendor | model | firmware | switches | why |
|---|---|---|---|---|
${models.join('\n')}

This page is made from \`packages/domain/src/quirks\`: \`node apps/gateway/dist/write-reference.js\`.
`;
}
