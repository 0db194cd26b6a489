/** Kinds of traffic; `tx` ones are whole sessions of twelve messages. */
export type Mix = 'heartbeat' | 'status' | 'tx16' | 'tx201';

export type OcppProtocol = 'ocpp1.6' | 'ocpp2.0.1';

/** The OCPP version in which the stations of a mix speak. */
export const PROTOCOL_OF = {
  heartbeat: 'ocpp1.6',
  status: 'ocpp1.6',
  tx16: 'ocpp1.6',
  tx201: 'ocpp2.0.1',
} as const satisfies Record<Mix, OcppProtocol>;

export interface LoadStation {
  id: string;
  password: string;
  /** Card of the driver who charges here. */
  tokenUid: string;
}

/** What the load generator is told to do; it does one thing at a time. */
export type LoadOrder =
  | { do: 'connect'; url: string; protocol: OcppProtocol; stations: LoadStation[]; boot: boolean }
  | { do: 'run'; mix: Mix; warmUpMs: number; measureMs: number }
  /** Single messages or whole sessions, of one station after the other that has none under way. */
  | { do: 'pace'; mix: Mix; perSecond: number; ms: number }
  | { do: 'disconnect' };

/** Result of the measured time. */
export interface LoadResult {
  messages: number;
  seconds: number;
  p50Ms: number;
  p99Ms: number;
}

/** What the load generator reports. */
export type LoadReport =
  | { is: 'connected'; ms: number }
  /** The warm-up is over; from here on it counts. */
  | { is: 'measuring' }
  | ({ is: 'measured' } & LoadResult)
  /** Every station has ended its session. `sessions` and `messages` include the warm-up and the tail. */
  | { is: 'rested'; sessions: number; messages: number }
  | { is: 'paced'; messages: number; sessions: number }
  | { is: 'disconnected' }
  | { is: 'failed'; reason: string };
