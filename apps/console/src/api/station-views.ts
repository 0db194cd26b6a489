/** Members of the operator API that the tabs of a station read. */

export type Wanted = string | { min: number; max: number; set: string } | { includes: string[]; set: string };

/** What the operator wants of a value; `set` is what would mend a difference. */
export interface ExpectationView {
  wanted: Wanted;
  set?: string;
}

export interface ConfigurationView {
  firmware_version: string;
  read_at: string;
  values: Record<string, { value?: string; readonly: boolean; told_at?: string }>;
  unknown_keys: string[];
  expectations: Record<string, ExpectationView>;
  set: { key: string; from?: string; to: string; answer: SetAnswer; at: string }[];
}

export type SetAnswer = 'accepted' | 'reboot-required' | 'not-supported' | 'rejected' | 'no-answer';

export interface VariableView {
  component: { name: string; instance?: string; evse_id?: number; connector_id?: number };
  variable: { name: string; instance?: string };
  attributes: AttributeView[];
  characteristics?: {
    data_type?: string;
    unit?: string;
    min_limit?: number;
    max_limit?: number;
    values_list?: string;
  };
  expectation?: ExpectationView;
}

export interface AttributeView {
  type: 'Actual' | 'Target' | 'MinSet' | 'MaxSet';
  value?: string;
  mutability?: 'ReadOnly' | 'WriteOnly' | 'ReadWrite';
  constant?: boolean;
  told_at: string;
}

export interface ReportView {
  id: string;
  kind: string;
  action?: string;
  request_id: number;
  state: 'running' | 'complete' | 'incomplete' | 'refused';
  status?: string;
  status_info?: { reason_code: string; additional_info?: string };
  parts: number;
  missing_parts: number[];
  started_at: string;
  updated_at: string;
  items?: Record<string, unknown>[];
}

export interface JobView {
  id: string;
  station_id: string;
  kind: 'firmware' | 'log' | 'certificate';
  action: string;
  request_id?: number;
  state: 'running' | 'done' | 'failed';
  status: string;
  history: { status: string; at: string }[];
  created_at: string;
  updated_at: string;
  file_id?: string;
  file_name?: string;
}

export interface FileView {
  id: string;
  name: string;
  size_bytes: number;
  sha256: string;
  created_at: string;
  station_id?: string;
}

export interface SecurityEventView {
  id: string;
  station_id: string;
  type: string;
  critical: boolean;
  tech_info?: string;
  at: string;
  received_at: string;
}

/** What a station says of its own security, and what the operator entered. */
export interface StationSecurity {
  security_profile: number;
  connection_security_profile?: number;
  next_security_profile?: number;
  password_rotation?: { accepted: boolean; until: string };
  certificate?: { common_name: string; fingerprint: string; expires_at: string };
  certificate_cn?: string;
  configuration_template?: string;
  configuration?: Record<string, unknown>;
}
