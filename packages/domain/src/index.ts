export * from './roaming/common.js';
export * from './roaming/location.js';
export * from './roaming/session.js';
export * from './roaming/tariff.js';
export * from './roaming/token.js';
export * from './station/identity.js';
export * from './station/status.js';
export * from './station/transaction-event.js';
