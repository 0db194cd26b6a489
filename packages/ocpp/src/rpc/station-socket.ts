import type { WebSocket } from 'ws';

/** What a session needs of its socket. */
export type StationSocket = Pick<
  WebSocket,
  'readyState' | 'OPEN' | 'CLOSED' | 'bufferedAmount' | 'terminate' | 'pause' | 'resume'
> & {
  send(text: string): void;
  close(code: number, reason: string): void;
  ping(): void;
  once(event: 'close', listener: () => void): unknown;
};

/** RFC 6455 leaves 123 bytes for the reason; a character that is cut in two grows by at most three. */
const CLOSE_REASON_MAX_BYTES = 120;

/** The reason as a close frame can carry it. */
export function closeReason(reason: string): string {
  return Buffer.from(reason).subarray(0, CLOSE_REASON_MAX_BYTES).toString('utf8');
}
