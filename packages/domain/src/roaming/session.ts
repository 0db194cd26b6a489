import type { Decimal, Price } from './common.js';
import type { SignedData } from './signed-data.js';
import type { Tariff } from './tariff.js';
import type { CdrToken } from './token.js';

export const SESSION_STATUSES = ['PENDING', 'ACTIVE', 'COMPLETED', 'INVALID', 'RESERVATION'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

export type AuthMethod = 'AUTH_REQUEST' | 'WHITELIST' | 'COMMAND';

export type CdrDimensionType =
  | 'CURRENT'
  | 'ENERGY'
  | 'ENERGY_EXPORT'
  | 'ENERGY_IMPORT'
  | 'MAX_CURRENT'
  | 'MIN_CURRENT'
  | 'MAX_POWER'
  | 'MIN_POWER'
  | 'PARKING_TIME'
  | 'POWER'
  | 'RESERVATION_TIME'
  | 'STATE_OF_CHARGE'
  | 'TIME';

/** Volume in kWh, hours, A, kW or percent (SE-19). */
export interface CdrDimension {
  type: CdrDimensionType;
  volume: Decimal;
}

/** A period ends where the next starts, the last at the end of the session (CD-36). */
export interface ChargingPeriod {
  start_date_time: string;
  dimensions: CdrDimension[];
  tariff_id?: string;
}

/** OCPI Session, version-neutral. Times are `YYYY-MM-DDTHH:MM:SSZ`. */
export interface Session {
  country_code: string;
  party_id: string;
  id: string;
  start_date_time: string;
  end_date_time?: string;
  kwh: Decimal;
  cdr_token: CdrToken;
  auth_method: AuthMethod;
  authorization_reference?: string;
  location_id: string;
  evse_uid: string;
  connector_id: string;
  meter_id?: string;
  currency: string;
  charging_periods: ChargingPeriod[];
  total_cost?: Price;
  status: SessionStatus;
  last_updated: string;
}

/** Where it was charged, as it was at the start of the session (OCPI CdrLocation). */
export interface CdrLocation {
  id: string;
  name?: string;
  address: string;
  city: string;
  postal_code?: string;
  state?: string;
  country: string;
  coordinates: { latitude: string; longitude: string };
  evse_uid: string;
  evse_id: string;
  connector_id: string;
  connector_standard: string;
  connector_format: string;
  connector_power_type: string;
}

/** OCPI CDR, version-neutral; immutable once delivered (CD-04). */
export interface Cdr {
  country_code: string;
  party_id: string;
  id: string;
  start_date_time: string;
  end_date_time: string;
  session_id: string;
  cdr_token: CdrToken;
  auth_method: AuthMethod;
  authorization_reference?: string;
  cdr_location: CdrLocation;
  meter_id?: string;
  currency: string;
  tariffs: Tariff[];
  charging_periods: ChargingPeriod[];
  /** The charger's legal containers, as it signed them (CD-44). */
  signed_data?: SignedData;
  total_cost: Price;
  total_fixed_cost?: Price;
  total_energy: Decimal;
  total_energy_cost?: Price;
  total_time: Decimal;
  total_time_cost?: Price;
  total_parking_time?: Decimal;
  total_parking_cost?: Price;
  total_reservation_cost?: Price;
  remark?: string;
  /** Takes the CDR of `credit_reference_id` back (CD-20). */
  credit?: true;
  credit_reference_id?: string;
  last_updated: string;
}

/** A CDR whose price is not known; it is held and never leaves the gateway in this form. */
export type UnpricedCdr = Omit<Cdr, 'total_cost'>;

/** Whether the CDR carries its price. */
export function isPriced(cdr: Cdr | UnpricedCdr): cdr is Cdr {
  return 'total_cost' in cdr;
}
