import type { Quirk } from './quirk.js';

/** How chargers write values. */
export const DATA_TYPE_QUIRKS = {
  'Q-20': {
    does: 'writes times without a zone, and means local time',
    handled: 'is read as UTC, or in the zone that the operator names',
    seenAt: 'Growatt, AEFA',
    switch: 'station_tz=<IANA zone>',
    signs: ['TIME_WITHOUT_ZONE *'],
  },
  'Q-21': {
    does: 'writes offsets of two digits (+02) and other short forms',
    handled: 'is read; the standard asks for more digits, the meaning is clear',
    seenAt: 'several',
    signs: ['TIME_FORMAT *'],
  },
  'Q-22': {
    does: 'labels local time as UTC',
    handled:
      'is corrected once the operator confirmed it; the median of its live messages makes the suggestion',
    seenAt: 'several',
    switch: 'clock_offset=<±hh:mm>',
    suggested: true,
  },
  'Q-23': {
    does: 'tells times of 1970 or of the year 1 after a boot',
    handled: 'differences of such times are kept, and moved to where the messages were received',
    seenAt: 'chargers without a battery for their clock',
    signs: ['TIME_IMPLAUSIBLE *'],
  },
  'Q-24': {
    does: 'cannot read +00:00 in the time that it is told',
    handled: 'is told times with milliseconds and Z, never an offset',
    seenAt: 'several',
  },
  'Q-25': {
    does: 'writes sampled values as numbers where text is asked for',
    handled: 'a number is as good as its text',
    seenAt: 'several',
    signs: ['TEXT_AS_NUMBER /value'],
  },
  'Q-26': {
    does: 'sends samples without a value, with blanks around it, or lists without samples',
    handled: 'such a sample is left out, the others count',
    seenAt: 'Heidelberg and others',
    signs: ['EMPTY_VALUE *'],
  },
  'Q-27': {
    does: 'uses words that its version does not have (errorCode Error)',
    handled: 'is read as the word that is meant; an unknown status changes nothing',
    seenAt: 'Legrand',
    signs: ['MISSPELLED /errorCode', 'ENUM_CASE *'],
  },
  'Q-28': {
    does: 'sends longer texts than allowed (info, serial number, vendor, model)',
    handled: 'they are kept whole',
    seenAt: 'several',
    signs: ['StatusNotification: SCHEMA maxLength *', 'BootNotification: SCHEMA maxLength *'],
  },
  'Q-29': {
    does: 'sends tokens that are too long, or with garbage bytes at their end',
    handled: 'control characters and blanks are taken off; longer tokens are looked up in full',
    seenAt: 'Ocular, Alfen',
    signs: ['* maxLength /idTag', 'WHITE_SPACE /idTag', 'WHITE_SPACE /idToken'],
  },
  'Q-30': {
    does: 'tells values of its configuration as numbers or booleans',
    handled: 'is read as its text',
    seenAt: 'several',
    signs: ['GetConfiguration: SCHEMA type *'],
  },
  'Q-31': {
    does: 'adds the connector to Authorize',
    handled: 'tells where the driver stands: the answer is for that connector',
    seenAt: 'several',
    signs: ['Authorize: SCHEMA additionalProperties *'],
  },
  'Q-32': {
    does: 'misspells units (Celcius), leaves them out, or gives a state of charge in volts',
    handled: 'only units of the quantity count; every other value is left out',
    seenAt: 'several',
    signs: ['UNKNOWN_UNIT'],
  },
} as const satisfies Record<string, Quirk>;
