/** Bounds of the charger edge. Every one is a setting. */
export interface OcppLimits {
  /** Longest message from a charger, bytes; more closes the socket with 1009. */
  maxFrameBytes: number;
  /** Messages of one charger that wait for their turn before its socket is paused. */
  inboundQueueFrames: number;
  /** The same in characters of text. */
  inboundQueueChars: number;
  /** Calls to one charger that wait for their turn. */
  outboundQueueCalls: number;
  /** Answers that a charger has not read yet, bytes; more ends the connection. */
  maxBufferedBytes: number;
  /** A call to a charger ends after this time, ms. */
  callTimeoutMs: number;
  /** How long a result may come late and still be recognised, ms. */
  lateResultMs: number;
  /** Time between pings, ms; 0 = none. */
  pingIntervalMs: number;
  /** New connections per second, and how many may come at once. */
  upgradesPerSecond: number;
  upgradeBurst: number;
  /** Connection attempts that are being judged at one time. */
  pendingUpgrades: number;
  /** A connection attempt is refused when it is not judged within this time, ms. */
  admissionTimeoutMs: number;
  /** A socket that does not answer our close is cut after this time, ms. */
  closeTimeoutMs: number;
  /** Replacements of one identity's connection per minute before it is throttled, and for how long, ms. */
  replacementsPerMinute: number;
  replacementBlockMs: number;
  /** No call is sent in the first moments of a connection unless the charger has booted, ms. */
  settleMs: number;
  /** The same for a charger that never booted here, ms. */
  firstBootWaitMs: number;
  /** Answers kept per charger for repeated messages, for how many chargers and how long, ms. */
  rememberedAnswers: number;
  rememberedStations: number;
  rememberedAnswerMs: number;
}

export const DEFAULT_LIMITS: Readonly<OcppLimits> = {
  maxFrameBytes: 1_048_576,
  inboundQueueFrames: 200,
  inboundQueueChars: 4_194_304,
  outboundQueueCalls: 100,
  maxBufferedBytes: 4_194_304,
  callTimeoutMs: 30_000,
  lateResultMs: 600_000,
  pingIntervalMs: 60_000,
  upgradesPerSecond: 2_000,
  upgradeBurst: 5_000,
  pendingUpgrades: 5_000,
  admissionTimeoutMs: 10_000,
  closeTimeoutMs: 2_000,
  replacementsPerMinute: 5,
  replacementBlockMs: 60_000,
  settleMs: 2_000,
  firstBootWaitMs: 10_000,
  rememberedAnswers: 32,
  rememberedStations: 20_000,
  rememberedAnswerMs: 86_400_000,
};

/** The defaults with some of them replaced. Throws RangeError for a limit that is no usable number. */
export function withDefaultLimits(limits: Partial<OcppLimits>): Readonly<OcppLimits> {
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw new RangeError(`limits.${name} must be a number of at least 0`);
    }
  }
  return { ...DEFAULT_LIMITS, ...limits };
}
