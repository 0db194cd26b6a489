/** Members of the operator API that only the console asks for. */

export type Role = 'viewer' | 'field' | 'admin';

export interface WhoamiView {
  role: Role;
  name: string;
  console_url?: string;
  map_tiles?: { url: string; attribution: string };
}

export interface ThroughputSample {
  at: string;
  messages_per_second: number;
  our_answer_ms?: number;
  charger_answer_ms?: number;
  delivery_ms?: number;
}

export interface ThroughputView {
  interval_seconds: number;
  samples: ThroughputSample[];
}

export interface SiteView {
  country_code: string;
  party_id: string;
  id: string;
  name?: string;
  city?: string;
  latitude: number;
  longitude: number;
  evses: { uid: string; status: string; station_id?: string }[];
}

export interface AuditView {
  id: string;
  at: string;
  actor: string;
  role: Role;
  address: string;
  action: string;
  method: string;
  object: string;
  status: number;
  outcome?: string;
}

export interface PartnerPolicy {
  allowed?: 'local' | 'realtime';
  unknown?: 'ask' | 'never';
  unreachable?: 'refuse' | 'accept';
  concurrent_sessions?: 'allow' | 'deny';
}

export interface GatewayPolicy {
  allowed?: 'local' | 'realtime';
  unknown?: 'none' | 'hub' | 'all';
  concurrent_sessions?: 'allow' | 'deny';
  local_tokens_first?: boolean;
}

export interface GatewayPolicyView {
  in_force: Required<GatewayPolicy>;
  changed: GatewayPolicy;
}
