/** What a sampled value measures (D2-021). */
export type Quantity =
  | 'register'
  | 'netRegister'
  | 'exportRegister'
  | 'interval'
  | 'power'
  | 'current'
  | 'offeredCurrent'
  | 'offeredPower'
  | 'voltage'
  | 'soc';

/** Measurand of a sampled value that names none. */
const DEFAULT_QUANTITY: Quantity = 'register';

// D2-021; every other measurand is of no use to energy, phases or prices.
const QUANTITIES: ReadonlyMap<string, Quantity> = new Map<string, Quantity>([
  ['Energy.Active.Import.Register', 'register'],
  ['Energy.Active.Net', 'netRegister'],
  ['Energy.Active.Export.Register', 'exportRegister'],
  ['Energy.Active.Import.Interval', 'interval'],
  ['Power.Active.Import', 'power'],
  ['Current.Import', 'current'],
  ['Current.Offered', 'offeredCurrent'],
  ['Power.Offered', 'offeredPower'],
  ['Voltage', 'voltage'],
  ['SoC', 'soc'],
]);

type UnitExponents = ReadonlyMap<string, number>;

// Lower case: stations write kWh, KWH and kwh.
const ENERGY: UnitExponents = new Map([
  ['wh', 0],
  ['kwh', 3],
  ['mwh', 6],
]);
const POWER: UnitExponents = new Map([
  ['w', 0],
  ['kw', 3],
]);
const CURRENT: UnitExponents = new Map([['a', 0]]);
const VOLTAGE: UnitExponents = new Map([['v', 0]]);
const PERCENT: UnitExponents = new Map([
  ['percent', 0],
  ['%', 0],
]);

const UNITS = {
  register: ENERGY,
  netRegister: ENERGY,
  exportRegister: ENERGY,
  interval: ENERGY,
  power: POWER,
  current: CURRENT,
  offeredCurrent: CURRENT,
  offeredPower: POWER,
  voltage: VOLTAGE,
  soc: PERCENT,
} satisfies Record<Quantity, UnitExponents>;

/** The quantity of a measurand; undefined for one that the gateway does not use. */
export function quantityOf(measurand: string | undefined): Quantity | undefined {
  return measurand === undefined || measurand === '' ? DEFAULT_QUANTITY : QUANTITIES.get(measurand);
}

/** Power of ten from `unit` to Wh, W, A, V or percent; undefined for a unit of another quantity (D2-020). */
export function unitExponent(quantity: Quantity, unit: string | undefined): number | undefined {
  return unit === undefined || unit === '' ? 0 : UNITS[quantity].get(unit.trim().toLowerCase());
}

/** Whether the quantity counts energy. */
export function isEnergy(quantity: Quantity): boolean {
  return UNITS[quantity] === ENERGY;
}

/** Whether the unit is one of power: some stations label energy so. */
export function isPowerUnit(unit: string): boolean {
  return POWER.has(unit.trim().toLowerCase());
}
