import { OCPI_SECTIONS } from './index.js';
import type { Requirement, Section } from './requirement.js';

/** What we serve, and what we ask partners for: module, versions, our role, methods. */
const MODULES = [
  [
    'versions',
    'all',
    '-',
    '`GET` list and details',
    '`GET` list and details, when registering and when they may have changed',
  ],
  ['credentials', 'all', 'SENDER', '`GET`, `POST`, `PUT`, `DELETE`', '`POST`, `PUT`, `DELETE`'],
  [
    'locations',
    'all',
    'SENDER',
    '`GET` list, location, EVSE, connector',
    '`PUT` location, `PATCH` EVSE, `GET` for a resync',
  ],
  [
    'sessions',
    'all',
    'SENDER',
    '`GET` list; from 2.2.1 on `PUT` charging preferences',
    '`PUT`, `PATCH`, `GET` for a resync',
  ],
  ['cdrs', 'all', 'SENDER', '`GET` list', '`POST`, `GET` where the partner put it'],
  ['tariffs', 'all', 'SENDER', '`GET` list', '`PUT`, `DELETE`, `GET` for a resync'],
  ['tokens', 'all', 'RECEIVER', '`GET`, `PUT`, `PATCH`', '`GET` list, `POST` authorize'],
  [
    'commands',
    'all',
    'RECEIVER',
    '`POST` START_SESSION, STOP_SESSION, RESERVE_NOW, UNLOCK_CONNECTOR; from 2.2.1 on CANCEL_RESERVATION',
    '`POST` of the result',
  ],
  [
    'chargingprofiles',
    '2.2.1, 2.3.0',
    'RECEIVER',
    '`GET`, `PUT`, `DELETE`',
    '`POST` of the result, `PUT` of the active profile',
  ],
  ['hubclientinfo', '2.2.1, 2.3.0', 'RECEIVER', '`GET`, `PUT`', '`GET` list'],
  [
    'invoicereconciliation',
    '2.3.0',
    'SENDER, RECEIVER',
    '`GET` list and record, `POST`, `PUT`, `DELETE`',
    '`POST`, `PUT`, `DELETE`',
  ],
] as const;

const FORCES = { M: 'must', S: 'should', O: 'may', D: 'our choice' } satisfies Record<
  Requirement['force'],
  string
>;

const VERSIONS = {
  all: 'all',
  '2.1.1': '2.1.1',
  '2.2.1': '2.2.1',
  '2.3.0': '2.3.0',
  '2.2.1+': '2.2.1, 2.3.0',
  '2.1.1, 2.2.1': '2.1.1, 2.2.1',
} satisfies Record<Requirement['versions'], string>;

/** The text of docs/reference/ocpi-support.md. */
export function supportPage(): string {
  const modules = MODULES.map((cells) => `| ${cells.join(' | ')} |`);
  return `# OCPI support

What the gateway does as the platform of a CPO, in OCPI 2.1.1, 2.2.1 and 2.3.0 at once. Behaviour that OCPI leaves open is
in [decision 7](../adr/0007-choices-that-the-standards-leave.md). Payments and Bookings, extensions of 2.3.0, are not
offered.

## Modules

| module | versions | our role | partners may | we do at partners |
|---|---|---|---|---|
${modules.join('\n')}

In 2.1.1 modules have no roles.

${OCPI_SECTIONS.map(part).join('\n')}
This page is made from \`apps/gateway/test/support/ocpi-requirements\`, which \`ocpi-requirements.test.ts\` holds against
the tests that it names: \`UPDATE_SUPPORT=1 npm test -- apps/gateway/test/ocpi-support.test.ts\`.
`;
}

function part({ title, requirements }: Section): string {
  const rows = Object.entries(requirements).map(([id, { versions, force, rule, shown, reason }]) => {
    const evidence = shown.map((each) =>
      'vector' in each ? `vector \`${each.vector}\`` : `\`${each.file.split('/').at(-1)}\``,
    );
    const why = [...new Set(evidence), ...(reason === undefined ? [] : [reason])].join(', ');
    return `| ${id} | ${VERSIONS[versions]} | ${FORCES[force]} | ${cell(rule)} | ${cell(why)} |`;
  });
  return `## ${title}

| id | versions | OCPI says | what it asks for | shown by, or why not |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');
