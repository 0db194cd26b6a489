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
