import type { Charger } from '@roambridge/sim-charger';
import { startChargers, stopChargers } from './chargers.js';
import { startGateway } from './gateway-process.js';
import { liveOn } from './life.js';
import type { Narrative } from './narrative.js';
import { createOperatorClient, member, type OperatorClient } from './operator-client.js';
import { cast, PAIRS, type PairResult, runPair, type Scene } from './pairs.js';
import { type DemoPartner, registerPartner, removeFormerPartners, startPartners } from './partners.js';
import { provision } from './provision.js';
import type { DemoSettings } from './settings.js';
import { summary } from './summary.js';
import { createWatch } from './watch.js';

/** Plays the demonstration until the signal. @returns the exit code of the process. */
export async function runDemo(options: {
  settings: DemoSettings;
  narrative: Narrative;
  signal: AbortSignal;
}): Promise<number> {
  const { settings, narrative, signal } = options;
  narrative.say('demo', `starting the gateway, its log is ${settings.logFile}`);
  const gateway = startGateway({
    environment: settings.gatewayEnvironment,
    operatorUrl: settings.operatorUrl,
    logFile: settings.logFile,
    warn: (text) => {
      if (!settings.quietLog) narrative.say('gateway', text);
    },
  });
  const props: Props = { chargers: [], partners: [] };
  // The play ends with its last scene, the signal or the death of the gateway, whatever comes first.
  const curtain = new AbortController();
  const death = gateway.ended.then((how) => {
    curtain.abort();
    return how;
  });
  const play = perform({
    ...options,
    props,
    ready: gateway.ready,
    signal: AbortSignal.any([signal, curtain.signal]),
  });
  let died: string | undefined;
  let exitCode: number;
  try {
    exitCode = await Promise.race([
      play,
      whenAborted(signal).then(() => 0),
      death.then((how) => {
        died = how;
        return 1;
      }),
    ]);
  } catch (error) {
    narrative.say('demo', error instanceof Error ? error.message : String(error));
    exitCode = 1;
  }
  play.catch(() => undefined);
  curtain.abort();
  if (died !== undefined || exitCode !== 0)
    narrative.block([
      died === undefined ? 'Last lines of the gateway:' : `The gateway has ended (${died}). Its last lines:`,
      ...gateway.lastLines(),
    ]);
  narrative.say('demo', 'stopping');
  await stopChargers(props.chargers);
  const drained = await gateway.stop();
  await Promise.allSettled(props.partners.map((partner) => partner.emsp.close()));
  if (!drained) narrative.say('demo', 'the gateway did not end in time and was killed');
  return exitCode;
}

/** What has to be put away at the end, however far the play came. */
interface Props {
  chargers: Charger[];
  partners: DemoPartner[];
}

async function perform(options: {
  settings: DemoSettings;
  narrative: Narrative;
  signal: AbortSignal;
  props: Props;
  ready: () => Promise<void>;
}): Promise<number> {
  const { settings, narrative, signal, props } = options;
  await options.ready();
  const operator = createOperatorClient({ url: settings.operatorUrl, token: settings.operatorToken });
  const consoleUrl = await signInUrl(operator, settings);
  narrative.block([
    `Console       ${consoleUrl}   (signs in once)`,
    `OCPP          ${settings.ocppUrl}/{stationId}`,
    `OCPI versions ${settings.ocpiVersionsUrl}`,
  ]);

  const passwords = await provision(operator);
  const watch = createWatch(narrative);
  const partners = await startPartners(watch.stored);
  props.partners.push(...partners);
  const former = await removeFormerPartners(operator);
  if (former > 0) narrative.say('demo', `${former} partners of an earlier run removed`);
  for (const partner of partners) {
    await registerPartner(operator, partner);
    narrative.say('demo', `${partner.emsp.name} registered as ${partner.label}`);
  }
  const chargers = await startChargers({ ocppUrl: settings.ocppUrl, passwords, narrative });
  props.chargers.push(...chargers.values());

  const scene: Scene = { narrative, watch, chargers, partners };
  const results = await Promise.all(PAIRS.map((pair) => attempt(scene, pair, signal)));
  if (signal.aborted) return 0;
  narrative.block([
    ...summary(results),
    ...conformance(partners),
    `Console       ${await signInUrl(operator, settings)}   (signs in once)`,
  ]);
  const complete = results.every((result) => result.cdr !== undefined);
  if (settings.exitAfterFirstCdrs) return complete ? 0 : 1;
  narrative.say('demo', 'life goes on with a session now and then; Ctrl-C ends it');
  await liveOn(scene, signal);
  return 0;
}

async function attempt(scene: Scene, pair: (typeof PAIRS)[number], signal: AbortSignal): Promise<PairResult> {
  try {
    return await runPair(scene, pair, signal);
  } catch (error) {
    if (!signal.aborted) scene.narrative.say(pair.stationId, `session failed: ${String(error)}`);
    return { ...cast(scene, pair), cdr: undefined };
  }
}

/** What the eMSPs found against the specification, one line each. */
function conformance(partners: readonly DemoPartner[]): string[] {
  const findings = partners.flatMap(({ label, emsp }) =>
    emsp.conformance.map((finding) => `${label} found: ${finding.where}: ${finding.message}`),
  );
  return findings.length === 0 ? ['The eMSPs found no departure from OCPI.', ''] : [...new Set(findings), ''];
}

async function signInUrl(operator: OperatorClient, settings: DemoSettings): Promise<string> {
  return new URL(member(await operator.post('/sign-in-links', {}), 'url'), settings.operatorUrl).href;
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
