import { readdirSync } from 'node:fs';
import { PROTOCOLS } from '../../src/protocols.js';
import { acknowledged } from '../../src/routing.js';

const HEAD = `# What OCPP 2.1 adds

Messages that OCPP 2.0.1 has too are read, answered and sent alike. These are new; the page is compared with the code by
a test (\`UPDATE_REFERENCE=1 npm test -- packages/ocpp/test/new-messages.test.ts\` writes it anew).
`;

const FROM_CHARGERS = `## From chargers

| Action | What is done |
| --- | --- |`;

const TO_CHARGERS = `
## To chargers

They are sent with \`POST /stations/{id}/ocpp/{Action}\`, checked against the schema:
`;

const TREATED = {
  yes: 'it is dealt with',
  kept: 'it is acknowledged and stays in the frame journal',
  unanswered: 'it is a SEND: it stays in the frame journal and is not answered',
  refused: 'it is answered `NotSupported`',
} as const;

const { routes, sends, callable, schemas } = PROTOCOLS['ocpp2.1'];
const isNew = (action: string) => !PROTOCOLS['ocpp2.0.1'].schemas.has(action);

/** Every message that OCPP 2.1 has and OCPP 2.0.1 has not, with what is done about it. */
export function newMessagesPage(): string {
  const folder = new URL('../../schemas/v21/', import.meta.url);
  const actions = readdirSync(folder)
    .map((file) => file.replace(/(Request)?\.json$/, ''))
    .filter((action) => !action.endsWith('Response') && isNew(action))
    .sort();
  const inbound = actions.filter((action) => !callable.has(action));
  const rows = inbound.map((action) => `| ${action} | ${TREATED[treatmentOf(action)]} |`);
  const outbound = actions.filter((action) => callable.has(action)).map((action) => `- ${action}`);
  return `${[HEAD, FROM_CHARGERS].join('\n')}\n${[...rows, TO_CHARGERS, ...outbound, ''].join('\n')}`;
}

function treatmentOf(action: string): keyof typeof TREATED {
  if (sends.has(action)) return 'unanswered';
  const route = routes.get(action);
  if (route === undefined) return schemas.has(action) ? 'refused' : 'unanswered';
  return route === acknowledged ? 'kept' : 'yes';
}
