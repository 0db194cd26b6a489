import type { Charger, Payload } from '@roambridge/sim-charger';
import type { OperatorApi, Row } from '../support/operator-api.js';
import type { TestGateway } from '../support/test-gateway.js';

/** The certification cases of a central system for OCPP 1.6 (B.3): 77. */
export const CASE_IDS = [
  'TC_001 TC_003 TC_004_1 TC_004_2 TC_005_1 TC_007 TC_010 TC_011_1 TC_011_2 TC_012 TC_013 TC_014',
  'TC_017_1 TC_017_2 TC_018_1 TC_019_1 TC_019_2 TC_021 TC_023_1 TC_023_2 TC_023_3 TC_024 TC_026 TC_028',
  'TC_030 TC_031 TC_032_1 TC_037_1 TC_037_3 TC_039 TC_040_1 TC_040_2 TC_042_1 TC_042_2',
  'TC_043_1 TC_043_3 TC_043_4 TC_043_5 TC_044_1 TC_044_2 TC_044_3 TC_045_1 TC_045_2 TC_046 TC_047',
  'TC_048_1 TC_048_2 TC_048_3 TC_048_4 TC_049 TC_051 TC_052 TC_053 TC_054 TC_055 TC_056 TC_057 TC_059',
  'TC_061 TC_064 TC_066 TC_067 TC_073 TC_074 TC_075_1 TC_075_2 TC_076 TC_077 TC_078 TC_079 TC_080 TC_081',
  'TC_083 TC_085 TC_086 TC_087 TC_088',
].flatMap((line) => line.split(' '));

export const PASSWORD = 'password-of-the-cases';

/** Cards by what the gateway says about them (B-071); CERT023-INV is known to nobody. */
export const CARDS = {
  CERT003: {},
  'CERT-TAG-1': { group_id: 'CERT-GROUP' },
  'CERT-TAG-2': { group_id: 'CERT-GROUP' },
  'CERT023-EXP': { expires_at: '2020-01-01T00:00:00Z' },
  'CERT023-BLK': { blocked: true },
} as const;

/** One charger with two connectors, booted and Available, for one case. */
export interface CaseWorld {
  gateway: TestGateway;
  operator: OperatorApi;
  station: string;
  charger: Charger;
  /** The operator sends an action; the answer of the charger is this one, or its own where none is given. */
  send(action: string, payload: Payload, answer?: Payload): Promise<Row>;
  /** What the charger was sent last under this name. */
  sent(action: string): Payload | undefined;
  /** The charger sends an action. */
  tell(action: string, payload: Payload): Promise<Payload>;
  status(connectorId: number, status: string, errorCode?: string): Promise<Payload>;
  transactions(): Promise<Row[]>;
  reservations(): Promise<Row[]>;
  newestJob(): Promise<Row | undefined>;
  /** Resolves when the charger has sent this since the case began, and gives the answered payloads. */
  until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T>;
}

export type Cases = Record<string, { title: string; run(world: CaseWorld): Promise<void> }>;

export const now = (): string => new Date().toISOString();
export const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
