/** What the clock on the wall shows, by the rules of each zone as they are written in law, not by a database. */
export interface WallClock {
  /** YYYYMMDD */
  date: number;
  minuteOfDay: number;
  day: string;
}

const DAY = 86_400;
const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

function utc(year: number, month: number, day: number, hour = 0, minute = 0): number {
  return Date.UTC(year, month - 1, day, hour, minute) / 1000;
}

function weekday(seconds: number): number {
  return (Math.floor(seconds / DAY) + 4) % 7;
}

/** Midnight UTC of the nth Sunday of a month; 0 = the last. */
function sunday(year: number, month: number, nth: number): number {
  if (nth === 0) {
    const last = utc(year, month + 1, 1) - DAY;
    return last - weekday(last) * DAY;
  }
  const first = utc(year, month, 1);
  return first + (((7 - weekday(first)) % 7) + (nth - 1) * 7) * DAY;
}

const HOUR = 3600;

/** Seconds that local time is ahead of UTC. */
const OFFSETS: Record<string, (at: number, year: number) => number> = {
  UTC: () => 0,
  'Asia/Kathmandu': () => 5 * HOUR + 45 * 60,
  // The last Sundays of March and October at 01:00 UTC.
  'Europe/Amsterdam': (at, year) =>
    at >= sunday(year, 3, 0) + HOUR && at < sunday(year, 10, 0) + HOUR ? 2 * HOUR : HOUR,
  // The second Sunday of March at 02:00 EST, the first of November at 02:00 EDT.
  'America/New_York': (at, year) =>
    at >= sunday(year, 3, 2) + 7 * HOUR && at < sunday(year, 11, 1) + 6 * HOUR ? -4 * HOUR : -5 * HOUR,
  // Half an hour, in the southern summer: from the first Sunday of October to the first of April, at 02:00.
  'Australia/Lord_Howe': (at, year) => {
    const ends = sunday(year, 4, 1) + 2 * HOUR - 11 * HOUR;
    const begins = sunday(year, 10, 1) + 2 * HOUR - 10.5 * HOUR;
    return at < ends || at >= begins ? 11 * HOUR : 10.5 * HOUR;
  },
};

export const ZONES = Object.keys(OFFSETS);

/** Moments in 2025 to 2027 at which some of the zones change their clocks, and others that calendars care for. */
export const NOTABLE_MOMENTS = [2025, 2026, 2027].flatMap((year) => [
  sunday(year, 3, 0) + HOUR,
  sunday(year, 10, 0) + HOUR,
  sunday(year, 3, 2) + 7 * HOUR,
  sunday(year, 11, 1) + 6 * HOUR,
  sunday(year, 4, 1) - 9 * HOUR,
  sunday(year, 10, 1) - 8.5 * HOUR,
  utc(year, 1, 1),
  utc(year, 3, 1),
  utc(year, 6, 15, 17),
]);

/** What the clock in `zone` shows at `at` seconds since 1970. */
export function wallClock(zone: string, at: number): WallClock {
  const offset = OFFSETS[zone];
  if (offset === undefined) throw new Error(`no rules for ${zone}`);
  // The year of UTC decides: no change of clocks is near a new year.
  const local = at + offset(at, new Date(at * 1000).getUTCFullYear());
  const calendar = new Date(local * 1000);
  return {
    date: calendar.getUTCFullYear() * 10_000 + (calendar.getUTCMonth() + 1) * 100 + calendar.getUTCDate(),
    minuteOfDay: Math.floor((local % DAY) / 60),
    day: DAYS[weekday(local)] ?? '',
  };
}
