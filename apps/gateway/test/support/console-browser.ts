import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { OperatorApi } from './operator-api.js';

/** Chromium of this machine; undefined = there is none. */
export const chromiumPath = [process.env.TEST_CHROMIUM, '/usr/bin/chromium'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
);

/** `npm test` bundles it; jest alone does not. */
export const consoleIsBuilt = existsSync(new URL('../../../console/dist/index.html', import.meta.url));

/** Sizes at which people use the console. */
export const SCREENS = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

/** A step that takes longer fails, and says which it was; it measures nothing. */
const STEP_TIMEOUT_MS = 20_000;

/** Both are looked at. */
const COLOURS = { desk: 'light', phone: 'dark' } as const satisfies Record<keyof typeof SCREENS, string>;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** A page of its own browser session, signed in by a one-time link; `faults` collects what the page complains of. */
export async function openConsole(
  browser: Browser,
  operator: OperatorApi,
  screen: keyof typeof SCREENS,
  path = '/',
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: SCREENS[screen], colorScheme: COLOURS[screen] });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  const { url } = await operator.post('/sign-in-links', {});
  await page.goto(String(url));
  await feedStateIs(page, /^live/);
  if (path !== '/') await visit(page, path);
  return { page, faults };
}

/** Opens another page of the console, as from the address bar. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await feedStateIs(page, /^live/);
}

export async function feedStateIs(page: Page, state: RegExp): Promise<void> {
  await page.getByTestId('feed-state').filter({ hasText: state }).waitFor();
}

/** Pixels by which the page is wider than the screen. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
