import type { Command } from '../model/command.js';

/** CO-11: a card named in a command is accepted for 15 minutes. */
export const TOKEN_WINDOW_MS = 15 * 60_000;
/** D5-017: a charger without a connection may tell of the transaction this much later. */
const LATE_START_MS = 24 * 3_600_000;

/** Whether a command is still waited for, or may still decide about a token or a transaction. */
export function bearsOnTokens(command: Command, now: number): boolean {
  if (command.state !== 'settled') return true;
  switch (command.kind) {
    case 'START_SESSION':
      return command.transactionId === undefined
        ? now < command.createdAt + LATE_START_MS
        : now < Math.max(command.windowEndsAt, command.createdAt + TOKEN_WINDOW_MS);
    case 'RESERVE_NOW':
      return now < Math.max(command.windowEndsAt, command.createdAt + TOKEN_WINDOW_MS);
    default:
      return false;
  }
}
