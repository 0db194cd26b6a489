import type { EpochMs } from '@roambridge/domain';

/** One HTTP request between a partner and this platform, with its answer. Holds no secret. */
export interface ExchangeRecord {
  partnerId: string;
  /** When the request began. */
  at: EpochMs;
  /** `out` = we asked the partner. */
  direction: 'in' | 'out';
  method: string;
  /** Whole URL of what we asked; path and query of what we were asked. */
  url: string;
  /** Null = there was no answer. */
  httpStatus: number | null;
  /** Of the OCPI envelope; null = the answer had none. */
  statusCode: number | null;
  latencyMs: number;
  requestId: string | null;
  correlationId: string | null;
  /** Both bodies are shortened where they are long. */
  requestBody: string | null;
  responseBody: string | null;
  /** Why there was no answer. */
  error: string | null;
}

/** An exchange before secrets are taken out of it. */
export type RawExchange = Omit<ExchangeRecord, 'partnerId' | 'statusCode'>;
