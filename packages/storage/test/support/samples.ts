import type {
  AttentionRecord,
  CdrRecord,
  Command,
  FrameRecord,
  Partner,
  Reservation,
  ReservationOfPartner,
  SessionRecord,
  Station,
  TransactionEventRecord,
  TransactionRecord,
} from '@roambridge/core';
import type { Evse, Location, Tariff, Token } from '@roambridge/domain';

/** A moment at which all samples happen: 2026-11-20T10:00:00Z. */
export const T0 = Date.UTC(2026, 10, 20, 10);

/** OCPI text of a moment, `seconds` after {@link T0}. */
export function time(seconds = 0): string {
  return new Date(T0 + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export function station(id: string): Station {
  return { id, name: `Station ${id}`, securityProfile: 1, protocols: ['ocpp1.6'], createdAt: T0 };
}

export function frame(stationId: string, changes: Partial<FrameRecord> = {}): FrameRecord {
  return {
    stationId,
    at: T0,
    direction: 'in',
    messageType: 2,
    messageId: 'm1',
    action: 'MeterValues',
    raw: '[2,"m1","MeterValues",{}]',
    verdict: 'ok',
    anomalies: [],
    latencyMs: null,
    correlationId: null,
    ...changes,
  };
}

export function transaction(
  id: string,
  stationId: string,
  changes: Partial<TransactionRecord> = {},
): TransactionRecord {
  return {
    id,
    stationId,
    ocppTransactionId: `ocpp-${id}`,
    evseId: 1,
    connectorId: 1,
    idToken: { idToken: 'CARD', type: 'ISO14443' },
    startedAt: T0,
    energyWh: 0,
    open: true,
    flags: [],
    ...changes,
  };
}

export function transactionEvent(
  transactionId: string,
  stationId: string,
  ordinal: number,
): TransactionEventRecord {
  return {
    transactionId,
    stationId,
    ordinal,
    event: {
      eventType: ordinal === 0 ? 'Started' : 'Updated',
      ocppTransactionId: `ocpp-${transactionId}`,
      at: T0 + ordinal * 1000,
      receivedAt: T0 + ordinal * 1000,
      offline: false,
      meterValues: [],
    },
    context: { ordinal },
  };
}

export function evse(uid: string, changes: Partial<Evse> = {}): Evse {
  return {
    uid,
    status: 'AVAILABLE',
    connectors: [
      {
        id: '1',
        standard: 'IEC_62196_T2',
        format: 'SOCKET',
        power_type: 'AC_3_PHASE',
        max_voltage: 230,
        max_amperage: 32,
        last_updated: time(),
      },
    ],
    last_updated: time(),
    ...changes,
  };
}

export function location(id: string, evses: Evse[], changes: Partial<Location> = {}): Location {
  return {
    country_code: 'DE',
    party_id: 'RBG',
    id,
    publish: true,
    address: 'Hafenstrasse 1',
    city: 'Hamburg',
    country: 'DEU',
    coordinates: { latitude: '53.5439', longitude: '9.9661' },
    evses,
    time_zone: 'Europe/Berlin',
    last_updated: time(),
    ...changes,
  };
}

export function tariff(id: string, changes: Partial<Tariff> = {}): Tariff {
  return {
    country_code: 'DE',
    party_id: 'RBG',
    id,
    currency: 'EUR',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.5, step_size: 1 }] }],
    tax_included: 'NO',
    last_updated: time(),
    ...changes,
  };
}

export function token(uid: string, changes: Partial<Token> = {}): Token {
  return {
    country_code: 'NL',
    party_id: 'MSP',
    uid,
    type: 'RFID',
    contract_id: `NL-MSP-${uid}`,
    issuer: 'Example',
    valid: true,
    whitelist: 'ALLOWED',
    last_updated: time(),
    ...changes,
  };
}

export function partner(id: string, changes: Partial<Partner> = {}): Partner {
  return {
    id,
    name: `Partner ${id}`,
    status: 'registered',
    version: '2.2.1',
    roles: [{ role: 'EMSP', country_code: 'NL', party_id: 'MSP', name: 'Example' }],
    endpoints: [{ identifier: 'cdrs', role: 'RECEIVER', url: 'https://msp.example/cdrs' }],
    inboundToken: `in-${id}`,
    outboundToken: `out-${id}`,
    createdAt: T0,
    ...changes,
  };
}

export function session(
  id: string,
  stationId: string,
  partnerId: string,
  changes: Partial<SessionRecord['session']> = {},
): SessionRecord {
  const place = location('LOC', [evse('E1')]);
  return {
    partnerId,
    stationId,
    transactionId: `tx-${id}`,
    session: {
      country_code: 'DE',
      party_id: 'RBG',
      id,
      start_date_time: time(),
      kwh: '0',
      cdr_token: {
        country_code: 'NL',
        party_id: 'MSP',
        uid: 'CARD',
        type: 'RFID',
        contract_id: 'NL-MSP-CARD',
      },
      auth_method: 'WHITELIST',
      location_id: 'LOC',
      evse_uid: 'E1',
      connector_id: '1',
      currency: 'EUR',
      charging_periods: [],
      status: 'ACTIVE',
      last_updated: time(),
      ...changes,
    },
    snapshot: { location: place, tariffs: [tariff('T1')] },
  };
}

export function cdr(
  id: string,
  stationId: string,
  partnerId: string,
  changes: Partial<CdrRecord> & { remark?: string } = {},
): CdrRecord {
  const { remark, ...record } = changes;
  return {
    partnerId,
    stationId,
    transactionId: `tx-${id}`,
    cdr: {
      country_code: 'DE',
      party_id: 'RBG',
      id,
      start_date_time: time(),
      end_date_time: time(3600),
      session_id: `session-${id}`,
      cdr_token: {
        country_code: 'NL',
        party_id: 'MSP',
        uid: 'CARD',
        type: 'RFID',
        contract_id: 'NL-MSP-CARD',
      },
      auth_method: 'WHITELIST',
      cdr_location: {
        id: 'LOC',
        address: 'Hafenstrasse 1',
        city: 'Hamburg',
        country: 'DEU',
        coordinates: { latitude: '53.5439', longitude: '9.9661' },
        evse_uid: 'E1',
        evse_id: 'DE*RBG*E1',
        connector_id: '1',
        connector_standard: 'IEC_62196_T2',
        connector_format: 'SOCKET',
        connector_power_type: 'AC_3_PHASE',
      },
      currency: 'EUR',
      tariffs: [],
      charging_periods: [],
      total_cost: { excl_vat: '1.00' },
      total_energy: '2',
      total_time: '1',
      last_updated: time(3600),
      ...(remark === undefined ? {} : { remark }),
    },
    location: location('LOC', [evse('E1')]),
    releaseAt: T0,
    createdAt: T0,
    ...record,
  };
}

export function command(id: string, stationId: string, changes: Partial<Command> = {}): Command {
  return {
    id,
    partnerId: 'P1',
    kind: 'STOP_SESSION',
    stationId,
    request: { response_url: 'https://msp.example/result', session_id: 'S1' },
    requestKey: `key-${id}`,
    state: 'accepted',
    correlationId: `c-${id}`,
    hostedParty: { country_code: 'DE', party_id: 'RBG' },
    createdAt: T0,
    windowEndsAt: T0 + 300_000,
    ...changes,
  };
}

export function reserveNow(id: string, stationId: string): ReservationOfPartner['command'] {
  const { kind: _, request: __, ...facts } = command(id, stationId);
  const { response_url } = command(id, stationId).request;
  return {
    ...facts,
    kind: 'RESERVE_NOW',
    request: {
      response_url,
      token: token('CARD'),
      expiry_date: time(600),
      reservation_id: 'Res-9',
      location_id: 'LOC',
    },
    idToken: { idToken: 'CARD', type: 'ISO14443' },
    reservationId: 7,
    result: 'ACCEPTED',
  };
}

export function attention(id: string, changes: Partial<AttentionRecord> = {}): AttentionRecord {
  return { id, kind: 'CDR_HELD', subject: 'C1', message: 'no tariff', createdAt: T0, ...changes };
}

export function reservation(id: string, stationId: string, changes: Partial<Reservation> = {}): Reservation {
  return {
    id,
    reservationId: 7,
    stationId,
    evseId: 1,
    idToken: { idToken: 'CARD', type: 'ISO14443' },
    expiresAt: T0 + 600_000,
    status: 'active',
    madeAt: T0,
    ...changes,
  };
}
