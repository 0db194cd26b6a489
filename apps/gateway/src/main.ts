import { createLogger } from '@roambridge/telemetry';
import { type Gateway, startGateway } from './gateway.js';
import { readSettings, SettingsRefused } from './settings.js';
import { startFailure } from './start-failure.js';

/** A stop that takes longer than this is cut short. */
const STOP_TIMEOUT_MS = 15_000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const format = settings.LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json');
  const log = createLogger({
    level: settings.LOG_LEVEL,
    format,
    ...(settings.NODE_ID === undefined ? {} : { node: settings.NODE_ID }),
  });
  // An error that nobody expected leaves an unknown state: say so and end; a supervisor starts anew (C7).
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'unexpected error: the gateway ends');
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'unexpected error: the gateway ends');
    process.exit(1);
  });
  const gateway = await startGateway({ settings, log }).catch((error: unknown) => {
    const explained = startFailure(error, settings);
    if (explained === undefined) throw error;
    process.stderr.write(`the gateway cannot start: ${explained}\n`);
    return process.exit(1);
  });
  log.info(gateway.urls, 'gateway is up');
  if (gateway.newOperatorToken !== undefined) {
    process.stdout.write(
      `\nOperator token (shown this once, keep it): ${gateway.newOperatorToken}\n` +
        `Sign in to the console: ${signInUrl(gateway)}\n\n`,
    );
  }
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
      gateway.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'not stopped cleanly');
          process.exit(1);
        },
      );
    });
  }
}

function signInUrl(gateway: Gateway): string {
  return `${gateway.urls.operator}/sign-in?code=${gateway.core.operator.createSignInCode('admin')}`;
}

main().catch((error: unknown) => {
  const refused = error instanceof SettingsRefused;
  process.stderr.write(`${refused ? error.message : `the gateway cannot start: ${String(error)}`}\n`);
  if (!refused && error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`);
  process.exit(refused ? 2 : 1);
});
