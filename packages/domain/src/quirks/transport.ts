import type { Quirk } from './quirk.js';

/** How chargers connect and frame their messages. */
export const TRANSPORT_QUIRKS = {
  'Q-01': {
    does: 'offers no subprotocol when it connects',
    handled: 'is served as the version that the operator names; without it nobody knows which one is meant',
    seenAt: 'Grizzl-E and others',
    switch: 'assume_subprotocol=<name>',
  },
  'Q-02': {
    does: 'leaves "Connection: Upgrade" out of its request',
    handled: 'is understood on a port of its own; the header is what tells an upgrade from a page request',
    seenAt: 'chargers behind Home Assistant',
    switch: 'port LENIENT_OCPP_PORT',
  },
  'Q-03': {
    does: 'offers another version at each connection',
    handled: 'the version belongs to the connection, not to the station',
    seenAt: 'firmware that is being updated',
  },
  'Q-04': {
    does: 'has two slashes or more segments in its URL',
    handled: 'empty segments count for nothing, and the last one is the identity',
    seenAt: 'URLs that firmware and installer both end with a slash',
  },
  'Q-05': {
    does: 'percent-encodes its identity',
    handled: 'is decoded once, as UTF-8',
    seenAt: 'identities with a blank or an asterisk',
  },
  'Q-06': {
    does: 'sends its key as hexadecimal text in place of its bytes, or the other way round',
    handled: 'both forms of the one stored key are known by their hash',
    seenAt: 'simulators and older firmware',
  },
  'Q-07': {
    does: 'compresses messages although no compression was agreed',
    handled: 'is inflated where the operator says so; else it is an error of the WebSocket protocol',
    seenAt: 'chargers with a generic WebSocket library',
    switch: 'force_deflate',
  },
  'Q-08': {
    does: 'opens a second connection and forgets the first',
    handled: 'the newest authenticated connection owns the station, and the old one ends',
    seenAt: 'chargers with a mobile link',
  },
  'Q-09': {
    does: 'never answers pings',
    handled: 'is given up only when it is silent altogether for longer than a heartbeat takes',
    seenAt: 'EN+ and others',
  },
  'Q-10': {
    does: 'drops the connection when it is pinged',
    handled: 'is not pinged where the operator says so; three drops within 2 s of a ping make the suggestion',
    seenAt: 'chargers with an old WebSocket library',
    switch: 'ping_interval=<seconds>',
    suggested: true,
  },
  'Q-11': {
    does: 'reconnects without a BootNotification',
    handled: 'goes on as accepted: its boot is remembered',
    seenAt: 'Webasto and others',
  },
  'Q-12': {
    does: 'drops the connection when it is called before it has booted',
    handled: 'our calls wait for its boot, or for a moment after it came back',
    seenAt: 'Wallbox',
  },
  'Q-13': {
    does: 'has numbers for message ids, or long ones, or uses them again',
    handled: 'ids are echoed as they came; a message counts as repeated only when its text is the same too',
    seenAt: 'several',
    signs: ['MESSAGE_ID_*'],
  },
  'Q-14': {
    does: 'sends null or nothing in place of an empty payload',
    handled: 'is read as the empty object',
    seenAt: 'several',
    signs: ['NO_PAYLOAD'],
  },
  'Q-15': {
    does: 'sends JSON with a value missing ("transactionId":,) or with escapes that JSON does not have',
    handled: 'is repaired before it is read where the operator says so; the journal keeps what came',
    seenAt: 'AEFA and others',
    switch: 'repair_json',
    suggested: true,
    signs: ['JSON_REPAIRED', 'JSON_REPAIRABLE'],
  },
  'Q-16': {
    does: 'repeats a message for ever when it does not know the code of the CALLERROR',
    handled: 'codes are spelled as each version spells them, oddities included',
    seenAt: 'several',
  },
  'Q-17': {
    does: 'starts and stops in a loop when a transaction message is answered with CALLERROR',
    handled: 'messages about transactions are kept and acknowledged, whatever is in them',
    seenAt: 'several',
    signs: ['StartTransaction: /*: *', 'StopTransaction: /*: *'],
  },
} as const satisfies Record<string, Quirk>;
