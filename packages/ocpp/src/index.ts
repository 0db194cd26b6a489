export type { OcppCounters } from './counters.js';
export { DEFAULT_LIMITS, type OcppLimits } from './limits.js';
export { createOcppEdge, type OcppEdge, type OcppEdgeOptions } from './ocpp-edge.js';
