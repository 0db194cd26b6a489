/**
 * Makes the pictures of the console in docs/images: starts a gateway with a small simulated fleet on free ports,
 * opens every screen of the console in Chromium (TEST_CHROMIUM, else /usr/bin/chromium) and takes them.
 * Needs what `npm run setup` builds: node infra/dev/screenshots.mjs [names of screens]
 * PICTURES=folder puts them elsewhere, COLOURS=dark takes the dark ones.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from './project-files.mjs';
import { playFleet } from './screenshots/fleet.mjs';

const SIZES = [
  { suffix: '', width: 1280, height: 800, scale: 1 },
  { suffix: '-phone', width: 390, height: 844, scale: 2 },
];
const FAULTED = 'CS-1603';
const isPriced = ({ total_cost }) => total_cost !== undefined;
/** Every screen: the name of its pictures and its address. */
const SCREENS = [
  { name: 'stations', path: () => '/stations' },
  { name: 'station', path: () => `/stations/${FAULTED}` },
  { name: 'curve', path: () => '/stations/CS-1601' },
  { name: 'frames', path: () => '/stations/CS-1601?tab=frames' },
  { name: 'commands', path: () => '/stations/CS-2011?tab=commands' },
  { name: 'configuration', path: () => '/stations/CS-1601?tab=configuration' },
  { name: 'device-model', path: () => '/stations/CS-2011?tab=configuration' },
  { name: 'security', path: () => '/stations/CS-2011?tab=security' },
  { name: 'firmware', path: () => '/stations/CS-1601?tab=files' },
  { name: 'files', path: () => '/files' },
  { name: 'field', path: () => `/field/${FAULTED}` },
  { name: 'charging', path: () => '/charging' },
  { name: 'bill', path: async (newest) => `/cdrs/${await newest('/cdrs', isPriced)}` },
  { name: 'trace', path: async (newest) => `/trace/${await newest('/cdrs', isPriced)}` },
  { name: 'partners', path: () => '/partners' },
  { name: 'partner', path: async (newest) => `/partners/${await newest('/partners')}` },
  { name: 'attention', path: () => '/attention' },
  { name: 'deliveries', path: () => '/deliveries' },
  { name: 'audit', path: () => '/audit' },
  { name: 'qr', path: () => `/qr/${FAULTED}` },
  { name: 'unknown-stations', path: () => '/unknown-stations' },
  // The last: its lines need a while.
  { name: 'overview', path: () => '/' },
];
const OPERATOR_TOKEN = 'token-of-the-screenshots';
/** The page has read everything, and fonts are there. */
const SETTLE_MS = 1_500;

const { chromium } = createRequire(join(projectRoot, 'apps/gateway/package.json'))('playwright-core');
const images = process.env.PICTURES || join(projectRoot, 'docs/images');
const named = process.argv.slice(2);
const screens = SCREENS.filter(({ name }) => named.length === 0 || named.includes(name));
const dataDir = mkdtempSync(join(tmpdir(), 'roambridge-pictures-'));
const gateway = spawn(process.execPath, [join(projectRoot, 'apps/gateway/dist/main.js')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    PATH: process.env.PATH,
    DATA_DIR: dataDir,
    OPERATOR_TOKEN,
    OCPP_PORT: await freePort(),
    OCPI_PORT: await freePort(),
    OPERATOR_PORT: await freePort(),
    OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true',
    CDR_SETTLE: '1s',
    SESSION_PUSH_MIN_INTERVAL: '200ms',
    LOG_FORMAT: 'json',
  },
});
try {
  const urls = await upAddresses(gateway);
  const fleet = await playFleet({ urls, operator });
  await takePictures();
  await fleet.close();

  async function operator(method, path, body) {
    const response = await fetch(`${urls.operator}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async function newest(list, isWanted = () => true) {
    const { items } = await operator('GET', list);
    return encodeURIComponent(items.find(isWanted).id);
  }

  async function takePictures() {
    const browser = await chromium.launch({
      executablePath: process.env.TEST_CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
    });
    mkdirSync(images, { recursive: true });
    for (const { suffix, width, height, scale } of SIZES) {
      const context = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: scale,
        colorScheme: process.env.COLOURS === 'dark' ? 'dark' : 'light',
      });
      const page = await context.newPage();
      const { url } = await operator('POST', '/sign-in-links', {});
      await page.goto(url);
      for (const { name, path } of screens) {
        await page.goto(`${urls.operator}${await path(newest)}`);
        await page.getByTestId('feed-state').filter({ hasText: /^live/ }).waitFor();
        await page.waitForTimeout(SETTLE_MS);
        const file = `console-${name}${suffix}.png`;
        await page.screenshot({ path: join(images, file) });
        console.log(join(images, file));
      }
      await context.close();
    }
    await browser.close();
  }
} finally {
  const ended = new Promise((resolve) => gateway.once('close', resolve));
  gateway.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });
}

function upAddresses(child) {
  return new Promise((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`the gateway ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"gateway is up"')) resolve(JSON.parse(line));
    });
  });
}
