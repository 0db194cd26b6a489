/** Texts of the curve of power and energy. */
export const CURVE_TEXTS = {
  label: 'Power and energy',
  none: 'The charger sent no meter value of this transaction yet.',
  most: (watts: string) => `at most ${watts}`,
  energy: (kwh: string) => `${kwh} in all`,
  table: 'Power and energy in the course of time',
  time: 'Time',
  powerName: 'Power',
  energyName: 'Energy',
  notMetered: 'not metered',
} as const;
