/** Texts of how tokens are decided. */
export const POLICY_TEXTS = {
  ofPartner: 'Whose cards are accepted',
  ofGateway: 'The same for all partners',
  hint: 'What is not set here is as it is for all partners.',
  gatewayHint: 'What is not set here is as the settings of the gateway say. Changes count at once.',
  asGateway: 'as for all partners',
  asSettings: 'as the settings say',
  inForce: (value: string) => `now: ${value}`,
  save: 'Save',
  saved: 'saved',
  confirmGateway: 'Change how cards of all partners are decided?',
  members: {
    allowed: 'Cards that the partner lets us accept',
    unknown: 'Cards that nobody told us of',
    unreachable: 'When the partner cannot be asked',
    concurrent_sessions: 'A second transaction with the same card',
    local_tokens_first: 'A card of our own that a partner has too',
  },
  partner: {
    allowed: { local: 'are accepted at once', realtime: 'are asked about each time' },
    unknown: { ask: 'are asked about', never: 'are refused' },
    unreachable: { refuse: 'its cards are refused', accept: 'its valid cards are accepted' },
    concurrent_sessions: { allow: 'is accepted', deny: 'is refused' },
  },
  gateway: {
    allowed: { local: 'are accepted at once', realtime: 'are asked about each time' },
    unknown: { none: 'are refused', hub: 'are asked of hubs', all: 'are asked of every partner' },
    concurrent_sessions: { allow: 'is accepted', deny: 'is refused' },
    local_tokens_first: { true: 'counts as ours', false: 'counts as theirs' },
  },
} as const;
