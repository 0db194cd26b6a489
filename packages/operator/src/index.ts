export type { OperatorServer, OperatorServerOptions } from './server.js';
export { createOperatorEdge } from './server.js';
