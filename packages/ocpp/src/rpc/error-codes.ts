import type { ProtocolName } from '../protocol.js';

/** Why a message is answered with CALLERROR, in our words. */
export type RpcFault =
  | 'format'
  | 'missing'
  | 'type'
  | 'value'
  | 'unknown-action'
  | 'unsupported-action'
  | 'security'
  | 'internal'
  | 'message-type'
  | 'frame';

type ErrorCodes = Record<RpcFault, string>;

const TWO_X = {
  format: 'FormatViolation',
  missing: 'OccurrenceConstraintViolation',
  'message-type': 'MessageTypeNotSupported',
  frame: 'RpcFrameworkError',
} as const;

const COMMON = {
  type: 'TypeConstraintViolation',
  value: 'PropertyConstraintViolation',
  'unknown-action': 'NotImplemented',
  'unsupported-action': 'NotSupported',
  security: 'SecurityError',
  internal: 'InternalError',
} as const;

/**
 * Code of each fault by version. The odd spellings of OCPP 1.6 are its own and stay: a charger that does
 * not recognise a code may repeat the message for ever.
 */
export const ERROR_CODES = {
  'ocpp1.6': {
    ...COMMON,
    format: 'FormationViolation',
    missing: 'OccurenceConstraintViolation',
    // OCPP 1.6 has no codes of its own for these; they are used only where the message id could be read.
    'message-type': 'FormationViolation',
    frame: 'FormationViolation',
  },
  'ocpp2.0.1': { ...COMMON, ...TWO_X },
  'ocpp2.1': { ...COMMON, ...TWO_X },
} as const satisfies Record<ProtocolName, ErrorCodes>;
