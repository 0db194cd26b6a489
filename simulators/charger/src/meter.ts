const MS_PER_HOUR = 3_600_000;

/** Energy register of one outlet; it advances with the power that flows. */
export interface Meter {
  /** Active import register in Wh, with fractions. */
  readWh(): number;
  powerW(): number;
  setPowerW(powerW: number): void;
  /** Puts the register to a value, e.g. to play a register fault. */
  setWh(energyWh: number): void;
}

/** @param speed how many seconds of charging pass in one second of the clock; 1 = real time. */
export function createMeter(options: { initialWh: number; speed: number; now?: () => number }): Meter {
  const now = options.now ?? Date.now;
  let energyWh = options.initialWh;
  let powerW = 0;
  let since = now();
  const advance = () => {
    const at = now();
    energyWh += (powerW * options.speed * Math.max(0, at - since)) / MS_PER_HOUR;
    since = at;
  };
  return {
    readWh() {
      advance();
      return energyWh;
    },
    powerW: () => powerW,
    setPowerW(next) {
      advance();
      powerW = next;
    },
    setWh(next) {
      advance();
      energyWh = next;
    },
  };
}
