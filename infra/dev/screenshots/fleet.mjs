import { startCharger } from '../../../simulators/charger/dist/index.js';
import { startEmsp } from '../../../simulators/emsp/dist/index.js';

const OWNER = { country_code: 'DE', party_id: 'RBG' };
const LAST_UPDATED = '2026-01-01T00:00:00Z';
const TARIFF = 'HAFEN-DC';
const MINUTE_MS = 60_000;
/** Chargers say something now and then while the pictures are taken. */
const TALK_MS = 400;
const CARDS = { alp: '04A1C0FFEE2210', tul: '04A1C0FFEE2300' };

/** What every charger of the pictures is doing. */
const FLEET = [
  {
    id: 'CS-1601',
    name: 'Hafen Ost',
    protocol: 'ocpp1.6',
    tariff: TARIFF,
    scene: longCharging('alp', 38, 148_000),
  },
  { id: 'CS-1602', name: 'Hafen Ost', protocol: 'ocpp1.6', tariff: TARIFF, scene: done('alp', 45, 21_300) },
  { id: 'CS-1603', name: 'Hafen West', protocol: 'ocpp1.6', tariff: TARIFF, scene: broken },
  {
    id: 'CS-2011',
    name: 'Hafen West',
    protocol: 'ocpp2.0.1',
    tariff: TARIFF,
    scene: charging('tul', 7_950, 96_500),
  },
  { id: 'CS-2012', name: 'Werft', protocol: 'ocpp2.0.1', tariff: TARIFF, scene: full('tul', 52_080) },
  { id: 'CS-1604', name: 'Werft', protocol: 'ocpp1.6', scene: done('tul', 12, 3_870) },
  { id: 'CS-2013', name: 'Speicherstadt', protocol: 'ocpp2.0.1', tariff: TARIFF, scene: away },
];

const TEMPLATED = new Set(['CS-1601', 'CS-2011']);

/** Where the chargers of each name stand. */
const SITES = [
  { id: 'HAFEN-OST', name: 'Hafen Ost', latitude: '53.541100', longitude: '10.013400' },
  { id: 'HAFEN-WEST', name: 'Hafen West', latitude: '53.545800', longitude: '9.951200' },
  { id: 'WERFT', name: 'Werft', latitude: '53.529900', longitude: '9.966700' },
  { id: 'SPEICHER', name: 'Speicherstadt', latitude: '53.548900', longitude: '9.991300' },
];

/** Enters the fleet and its partners and plays what the pictures show. */
export async function playFleet({ urls, operator }) {
  await operator('PUT', `/tariffs/DE/RBG/${TARIFF}`, tariff());
  await operator('PUT', '/configuration-templates/hafen', {
    MeterValueSampleInterval: '60',
    NumberOfConnectors: '2',
    'OCPPCommCtrlr.HeartbeatInterval': { min: 600, max: 3600, set: '900' },
  });
  for (const { id, name, protocol } of FLEET) {
    await operator('PUT', `/stations/${id}`, {
      security_profile: 1,
      password: passwordOf(id),
      name,
      protocols: [protocol],
      // Others are as they came: a list of attention in which all is alike shows nothing.
      ...(TEMPLATED.has(id) ? { configuration_template: 'hafen' } : {}),
    });
  }
  for (const site of SITES) await operator('PUT', `/locations/DE/RBG/${site.id}`, location(site));
  const partners = [
    await partner(operator, {
      version: '2.2.1',
      country_code: 'DE',
      party_id: 'ALP',
      name: 'Alpstrom',
      uid: CARDS.alp,
    }),
    await partner(operator, {
      version: '2.3.0',
      country_code: 'NL',
      party_id: 'TUL',
      name: 'Tulip Drive',
      uid: CARDS.tul,
    }),
  ];
  const chargers = [];
  for (const { id, protocol, scene } of FLEET) {
    const charger = await startCharger({
      url: urls.ocpp.replace(/\/$/, ''),
      identity: id,
      password: passwordOf(id),
      protocol,
      meterWh: 1_204_000,
    });
    chargers.push(charger);
    await charger.boot();
    await charger.status(1, 'Available');
    await scene(charger);
  }
  await knock(urls);
  await decide(operator);
  await maintain(operator, new Map(chargers.map((charger) => [charger.identity, charger])));
  const talk = setInterval(() => void chatter(chargers, operator).catch(() => {}), TALK_MS);
  return {
    async close() {
      clearInterval(talk);
      for (const charger of chargers) await charger.close();
      for (const emsp of partners) await emsp.close();
    },
  };
}

/** A charger that nobody entered. */
async function knock(urls) {
  const stranger = { identity: 'WALLBOX-0771', password: 'password-of-a-stranger', protocol: 'ocpp1.6' };
  await startCharger({ url: urls.ocpp.replace(/\/$/, ''), ...stranger }).catch(() => undefined);
}

async function chatter(chargers, operator) {
  const [first] = chargers;
  await first.call('Heartbeat', {});
  if (Math.random() < 0.5) await first.call('Heartbeat', {});
  if (Math.random() < 0.2) await operator('POST', '/stations/CS-1601/ocpp/GetConfiguration', {});
}

/** What the pictures of deliveries and of the audit log show: a partner that waits, and a command. */
async function decide(operator) {
  const { items } = await operator('GET', '/partners');
  await operator('POST', `/partners/${items.find(({ name }) => name === 'Tulip Drive').id}/pause`);
  await operator('PUT', `/tariffs/DE/RBG/${TARIFF}`, tariff());
  for (const site of SITES.slice(0, 2)) await operator('PUT', `/locations/DE/RBG/${site.id}`, location(site));
  await operator('POST', '/stations/CS-1601/ocpp/TriggerMessage', { requestedMessage: 'StatusNotification' });
}

/** Certificates, security events, firmware, a log and a refused command. */
async function maintain(operator, chargers) {
  const modern = chargers.get('CS-2011');
  const certificate = (certificateType, serialNumber) => ({
    certificateType,
    certificateHashData: {
      hashAlgorithm: 'SHA256',
      issuerNameHash: '6c9f6c83a4b7d1',
      issuerKeyHash: 'a2f6d8b0c1e94e55f0',
      serialNumber,
    },
  });
  modern.onCall('GetInstalledCertificateIds', () => ({
    status: 'Accepted',
    certificateHashDataChain: [
      certificate('CSMSRootCertificate', '4F21A0'),
      certificate('ManufacturerRootCertificate', '0D77'),
    ],
  }));
  modern.onCall('GetLocalListVersion', () => ({ versionNumber: 0 }));
  await operator('POST', '/stations/CS-2011/ocpp/GetInstalledCertificateIds', {});
  await operator('POST', '/stations/CS-2011/ocpp/GetLocalListVersion', {});
  await modern.call('SecurityEventNotification', {
    type: 'TamperDetectionActivated',
    timestamp: new Date().toISOString(),
    techInfo: 'door contact 2',
  });
  const old = chargers.get('CS-1601');
  old.onCall('UpdateFirmware', () => ({}));
  old.onCall('GetDiagnostics', () => ({ fileName: 'CS-1601-diagnostics.zip' }));
  const { url } = await operator('POST', '/stations/CS-1601/file-urls', { direction: 'upload' });
  await operator('POST', '/stations/CS-1601/ocpp/GetDiagnostics', { location: url });
  await fetch(`${url}/CS-1601-diagnostics.zip`, { method: 'PUT', body: 'x'.repeat(48_213) });
  await old.call('DiagnosticsStatusNotification', { status: 'Uploaded' });
  const update = { location: 'https://files.example.com/fw-2.4.bin', retrieveDate: new Date().toISOString() };
  await operator('POST', '/stations/CS-1601/ocpp/UpdateFirmware', update);
  await old.call('FirmwareStatusNotification', { status: 'Downloading' });
}

function charging(card, energyWh, powerW) {
  return async (charger) => {
    await plugIn(charger, card);
    await charger.chargingState(1, 'Charging');
    charger.setPowerW(1, powerW);
    await charger.meterValues(1, charger.transaction(1).startWh + energyWh);
  };
}

function full(card, energyWh) {
  return async (charger) => {
    await charging(card, energyWh, 60_000)(charger);
    charger.setPowerW(1, 0);
    await charger.meterValues(1);
    await charger.chargingState(1, 'SuspendedEV');
  };
}

async function plugIn(charger, card) {
  await charger.status(1, charger.protocol === 'ocpp1.6' ? 'Preparing' : 'Occupied');
  await charger.startTransaction({ outlet: 1, idTag: CARDS[card] });
}

/** A session of a 1.6 charger that ended a moment ago. */
function done(card, minutes, energyWh) {
  return async (charger) => {
    const meterStart = 904_110;
    const at = (minutesAgo) => new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
    const start = { connectorId: 1, idTag: CARDS[card], meterStart, timestamp: at(minutes) };
    const { transactionId } = await charger.call('StartTransaction', start);
    await meterInThePast(charger, {
      transactionId,
      meterStart,
      minutes,
      powerW: (energyWh / minutes) * 62,
      everyMinutes: 5,
    });
    const stop = { transactionId, meterStop: meterStart + energyWh, timestamp: at(0), reason: 'Local' };
    await charger.call('StopTransaction', stop);
    await charger.status(1, 'Available');
  };
}

/** A session of a 1.6 charger that began a while ago and goes on. */
function longCharging(card, minutes, powerW) {
  return async (charger) => {
    const meterStart = charger.readWh(1);
    const timestamp = new Date(Date.now() - minutes * MINUTE_MS).toISOString();
    const start = { connectorId: 1, idTag: CARDS[card], meterStart, timestamp };
    const { transactionId } = await charger.call('StartTransaction', start);
    await charger.status(1, 'Charging');
    await meterInThePast(charger, { transactionId, meterStart, minutes, powerW });
  };
}

/** Meter values until the last minute: the power rises, stays, and falls as the battery is fuller. */
async function meterInThePast(charger, { transactionId, meterStart, minutes, powerW, everyMinutes = 1 }) {
  let wh = meterStart;
  for (let minute = 1; minute < minutes; minute += 1) {
    const share = minute / minutes;
    const watts = Math.round(powerW * Math.min(1, minute / 3) * (share < 0.6 ? 1 : 1.6 - share));
    wh += Math.round(watts / 60);
    if (minute % everyMinutes > 0) continue;
    const timestamp = new Date(Date.now() - (minutes - minute) * MINUTE_MS).toISOString();
    const sampledValue = [
      { value: String(wh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
      { value: String(watts), measurand: 'Power.Active.Import', unit: 'W' },
    ];
    await charger.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp, sampledValue }],
    });
  }
}

async function broken(charger) {
  await charger.status(1, 'Faulted', 'GroundFailure');
}

async function away(charger) {
  await charger.close();
}

async function partner(operator, { version, name, uid, ...party }) {
  const emsp = await startEmsp({ version, ...party, name, tokens: [{ uid }] });
  const { versions_url, registration_token } = await operator('POST', '/partners', { name });
  await emsp.register(versions_url, registration_token);
  await emsp.pushToken({ uid });
  return emsp;
}

const passwordOf = (id) => `password-${id}`.padEnd(20, '0');

function tariff() {
  const component = (type, price) => ({ type, price, vat: 19, step_size: 1 });
  return {
    ...OWNER,
    id: TARIFF,
    currency: 'EUR',
    tax_included: 'NO',
    elements: [{ price_components: [component('ENERGY', 0.49), component('PARKING_TIME', 6)] }],
    last_updated: LAST_UPDATED,
  };
}

function location({ id: siteId, name: siteName, latitude, longitude }) {
  return {
    ...OWNER,
    id: siteId,
    publish: true,
    name: siteName,
    address: 'Am Sandtorkai 1',
    city: 'Hamburg',
    postal_code: '20457',
    country: 'DEU',
    coordinates: { latitude, longitude },
    time_zone: 'Europe/Berlin',
    last_updated: LAST_UPDATED,
    evses: FLEET.filter(({ name }) => name === siteName).map(({ id, tariff: tariffId }) => ({
      uid: `E-${id.slice(3)}`,
      evse_id: `DE*RBG*E${id.slice(3)}`,
      capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE'],
      last_updated: LAST_UPDATED,
      ocpp: { station_id: id, evse_id: 1 },
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2_COMBO',
          format: 'CABLE',
          power_type: 'DC',
          max_voltage: 920,
          max_amperage: 500,
          max_electric_power: 350_000,
          ...(tariffId === undefined ? {} : { tariff_ids: [tariffId] }),
          last_updated: LAST_UPDATED,
        },
      ],
    })),
  };
}
