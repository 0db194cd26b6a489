export type { OcppCounters } from './counters.js';
export { DEFAULT_LIMITS, type OcppLimits } from './limits.js';
export { createOcppEdge, type OcppEdge, type OcppEdgeOptions } from './ocpp-edge.js';
export { createReplayStation, type ReplayStation } from './replay-station.js';
export type { RevocationPolicy } from './tls/client-certificates.js';
export type { TlsMaterial } from './tls/material.js';
