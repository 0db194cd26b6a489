/** The members of the operator API that the console reads. */

export type EvseStatus =
  | 'AVAILABLE'
  | 'BLOCKED'
  | 'CHARGING'
  | 'INOPERATIVE'
  | 'OUTOFORDER'
  | 'PLANNED'
  | 'REMOVED'
  | 'RESERVED'
  | 'UNKNOWN';

export interface EvseView {
  evse_id: number;
  status: EvseStatus;
  charging_state?: string;
  connectors: { raw_status: string; error_code?: string; reported_at: string }[];
  transaction_id?: string;
  power_w?: number;
  energy_wh?: number;
}

export interface StationView {
  id: string;
  name?: string;
  connected: boolean;
  connected_since?: string;
  last_frame_at?: string;
  protocol?: string;
  vendor?: string;
  model?: string;
  evses: EvseView[];
  open_transactions: string[];
}

export interface Price {
  excl_vat: number;
  incl_vat?: number;
}

export interface SessionView {
  id: string;
  status: string;
  station_id: string;
  evse_uid: string;
  kwh: number;
  total_cost?: Price;
  currency: string;
  partner_id: string;
  last_updated: string;
}

export interface CdrView {
  id: string;
  station_id: string;
  cdr_location: { evse_uid: string };
  total_energy: number;
  total_cost?: Price;
  currency: string;
  partner_id: string;
  end_date_time: string;
  hold?: string;
  delivery?: { state: 'pending' | 'acknowledged' | 'parked'; last_error?: string };
}

export interface PartnerView {
  id: string;
  name: string;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
