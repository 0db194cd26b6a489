export { startCharger } from './charger.js';
export type { Access, Charger, ChargerOptions } from './handle.js';
export type { CallHandler, Payload, Protocol, ReceivedCall } from './protocol.js';
export { CallRefusal } from './protocol.js';
export { type ChargerTls, InvalidCall } from './rpc-link.js';
export type { Script, Step } from './script.js';
export { loadScript, parseScript } from './script.js';
export type { Charging } from './sessions.js';
export type { StartInput, StopInput, Transaction } from './station.js';
