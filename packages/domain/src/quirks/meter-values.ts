import type { Quirk } from './quirk.js';

/** What chargers tell of their meters. */
export const METER_QUIRKS = {
  'Q-60': {
    does: 'labels kWh as Wh, or the other way round',
    handled:
      'is corrected once the operator confirmed it; energy that a thousandth of would fit makes the suggestion',
    seenAt: 'OpenEVSE',
    switch: 'energy_unit=<Wh|kWh>',
    suggested: true,
  },
  'Q-61': {
    does: 'gives energy in kW or W',
    handled:
      'is left out, or read as energy where the operator says so: it may be power that is named wrongly',
    seenAt: 'several',
    switch: 'energy_in_power_unit',
    signs: ['ENERGY_IN_POWER_UNIT'],
  },
  'Q-62': {
    does: 'puts a phase on the register of all phases',
    handled: 'a phase that comes alone counts as it is, without a guess',
    seenAt: 'several',
  },
  'Q-63': {
    does: 'reports the current of N, L1-N in place of L1, or only one phase',
    handled: 'N counts for nothing, L1-N is L1, and missing phases are not made up',
    seenAt: 'several',
  },
  'Q-64': {
    does: 'leaves its signed values out when the lists for the stop are empty',
    handled:
      'signed values are taken from wherever they come; what the charger has to be told is in the guide',
    seenAt: 'several',
  },
  'Q-65': {
    does: 'sends the energy of intervals where a register is expected',
    handled: 'intervals are added up where there is no register',
    seenAt: 'several',
  },
} as const satisfies Record<string, Quirk>;
