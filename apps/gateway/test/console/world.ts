import { expect } from '@jest/globals';
import type { Charger } from '@roambridge/sim-charger';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from '../support/accessibility.js';
import { openConsole, overflow, SCREENS } from '../support/console-browser.js';
import type { TestGateway } from '../support/test-gateway.js';

/** The gateway, its chargers and the browser that the pages of the console are driven with. */
export interface ConsoleWorld {
  gateway: TestGateway;
  browser: Browser;
  /** OCPP 1.6, PG-16; its second outlet is faulted. */
  charger: Charger;
  /** OCPP 2.0.1, PG-NEW; its second outlet has no tariff. PG-201 never connects. */
  modern: Charger;
}

/** What is said when a page asks for a reason. */
export const REASON = 'said by the test';

/** One page of the console, which is looked at when the task is over: no fault, no wider than the screen, accessible. */
export async function onScreen(
  { browser, gateway }: ConsoleWorld,
  screen: keyof typeof SCREENS,
  path: string,
  task: (page: Page, questions: string[]) => Promise<void>,
  { accessible = true } = {},
): Promise<void> {
  const { page, faults } = await openConsole(browser, gateway.operator, screen, path);
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.accept(dialog.type() === 'prompt' ? REASON : undefined);
  });
  await task(page, questions);
  expect(faults).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  if (accessible) expect(await seriousViolations(page)).toEqual([]);
  await page.context().close();
}

const SCREEN_NAMES = Object.keys(SCREENS) as (keyof typeof SCREENS)[];

/** The same steps at each size, one page after the other; `nth` tells what a page finds that the one before it did. */
export async function onEachScreen(
  world: ConsoleWorld,
  path: string | ((nth: number) => string),
  task: (page: Page, questions: string[], nth: number) => Promise<void>,
): Promise<void> {
  const last = SCREEN_NAMES.length - 1;
  for (const [nth, screen] of SCREEN_NAMES.entries()) {
    const at = typeof path === 'string' ? path : path(nth);
    // The rules of accessibility take a while: of what steps lead to, one size is looked at; of each page, both are.
    await onScreen(world, screen, at, (page, questions) => task(page, questions, nth), {
      accessible: nth === last,
    });
  }
}
