import type { InboundRequest, Reply } from '../http/exchange.js';
import type { EmspState } from '../state.js';

/** A request below the URL of a module. */
export interface ModuleRequest {
  state: EmspState;
  module: string;
  request: InboundRequest;
  /** Decoded path segments after the module's URL. */
  segments: string[];
  /** Notes departures from the specification. */
  fault: (...messages: string[]) => void;
  /** URL of the module, without a slash at the end. */
  moduleUrl: string;
}

export type ModuleHandler = (request: ModuleRequest) => Reply | Promise<Reply>;
