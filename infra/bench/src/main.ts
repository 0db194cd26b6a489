import { readArguments } from './arguments.js';
import { PROTOCOL_OF } from './load/messages.js';
import { startChild } from './processes/child.js';
import { startGatewaySubject } from './run/gateway-subject.js';
import { measure } from './run/measure.js';
import { stationsOf } from './servers/fleet.js';
import { findPostgres, startPostgres } from './servers/postgres.js';

const args = readArguments(process.argv.slice(2));
const mix = args.mixes[0] ?? 'tx16';
const bin = findPostgres();
const stations = stationsOf(PROTOCOL_OF[mix], args.stations[0] ?? 100);
const postgres = args.servers[0] === 'PGlite' ? undefined : await startPostgres(bin ?? '');
const t0 = Date.now();
const subject = await startGatewaySubject({
  fleet: [{ protocol: PROTOCOL_OF[mix], stations }],
  ...(postgres ? { postgres } : {}),
});
console.log('setup ms', Date.now() - t0);
const load = startChild('load/main.js') as Parameters<typeof measure>[0]['load'];
for (let round = 0; round < args.rounds; round += 1) {
  console.log(
    await measure({ load, subject, mix, stations, warmUpMs: 1000, measureMs: args.seconds * 1000 }),
  );
}
console.log(await subject.ledger());
await subject.stop();
await load.stop();
await postgres?.stop();
