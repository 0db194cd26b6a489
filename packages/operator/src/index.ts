export type { MapTiles, Throughput, ThroughputSample } from './routes/console.js';
export type { OperatorServer, OperatorServerOptions } from './server.js';
export { createOperatorEdge } from './server.js';
