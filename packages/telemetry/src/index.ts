export type { Logger, LoggerOptions, LogLevel } from './logger.js';
export { createLogger, LOG_LEVELS } from './logger.js';
export type { MetricDefinition } from './metric-catalogue.js';
export { METRICS } from './metric-catalogue.js';
export type { Metrics } from './metrics.js';
export { createMetrics } from './metrics.js';
export { cleanText, maskToken, redactFields } from './redaction.js';
