import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import type { LoadStation } from '../load/messages.js';
import type { OperatorClient } from '../servers/operator-client.js';
import type { LoadGenerator } from './measure.js';

/** Changes of a status a second while somebody types. */
export const CONSOLE_CHANGES_PER_SECOND = 200;
const CONNECT_TIMEOUT_MS = 300_000;
const READ_TIMEOUT_MS = 120_000;
const PACE_PATIENCE_MS = 30_000;
const KEYS = 60;
const KEY_INTERVAL_MS = 250;
/** The browser does not tell of events that were answered within this time. */
const UNREPORTED_MS = 16;

/** How the page of the stations answers keys while a large fleet changes. */
export interface ConsoleResult {
  stations: number;
  changesPerSecond: number;
  keys: number;
  /** From a key to the next picture: 95 of 100 are faster, and the slowest, ms. */
  p95Ms: number;
  longestMs: number;
}

/** Undefined = there is no Chromium here (TEST_CHROMIUM, /usr/bin/chromium). */
export function findChromium(): string | undefined {
  return [process.env.TEST_CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
}

/** Connects the fleet, opens the page of the stations and types into its filter while statuses change. */
export async function measureConsole(options: {
  load: LoadGenerator;
  ocppUrl: string;
  operator: OperatorClient;
  stations: LoadStation[];
  chromiumPath: string;
}): Promise<ConsoleResult> {
  const { load, ocppUrl, operator, stations, chromiumPath } = options;
  load.tell({ do: 'connect', url: ocppUrl, protocol: 'ocpp1.6', stations, boot: true });
  await load.next('connected', CONNECT_TIMEOUT_MS);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const typing = await typedKeys(browser, operator, stations.length, async () => {
      const ms = KEYS * KEY_INTERVAL_MS;
      load.tell({ do: 'pace', mix: 'status', perSecond: CONSOLE_CHANGES_PER_SECOND, ms });
      return load.next('paced', ms + PACE_PATIENCE_MS);
    });
    typing.sort((a, b) => a - b);
    return {
      stations: stations.length,
      changesPerSecond: CONSOLE_CHANGES_PER_SECOND,
      keys: KEYS,
      p95Ms: typing[Math.floor(typing.length * 0.95)] ?? Number.NaN,
      longestMs: typing.at(-1) ?? Number.NaN,
    };
  } finally {
    await browser.close();
    load.tell({ do: 'disconnect' });
    await load.next('disconnected', CONNECT_TIMEOUT_MS);
  }
}

async function typedKeys(
  browser: Browser,
  operator: OperatorClient,
  stations: number,
  change: () => Promise<unknown>,
): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const { url } = await operator.post('/sign-in-links', {});
  await page.goto(String(url));
  await page.goto(new URL('/stations', page.url()).href);
  await page.getByText(`${stations} of ${stations} stations connected`).waitFor({ timeout: READ_TIMEOUT_MS });
  await page.evaluate(`
    window.answered = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') answered.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: ${UNREPORTED_MS} });
  `);
  const changing = change();
  await page.getByRole('searchbox').focus();
  for (let i = 0; i < KEYS; i += 1) {
    // A digit narrows the list, the next key brings all of it back.
    await page.keyboard.press(i % 2 === 0 ? String(i % 10) : 'Backspace');
    await delay(KEY_INTERVAL_MS);
  }
  await changing;
  const reported: number[] = await page.evaluate('answered');
  const quick = Math.max(0, KEYS - reported.length);
  return [...reported, ...Array.from({ length: quick }, () => UNREPORTED_MS)];
}
