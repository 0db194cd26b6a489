export { type Gateway, type GatewayOptions, startGateway } from './gateway.js';
export { readSettings, type Settings } from './settings.js';
