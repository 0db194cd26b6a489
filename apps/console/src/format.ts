import { gatewayNow } from './api/read.js';
import type { Price } from './api/views.js';
import { tick } from './live/picture.js';
import { TEXTS } from './texts.js';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** `12 s`, `3 min`, `5 h 10 min`, `2 d 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return `${Math.floor(whole / MINUTE_S)} min`;
  if (whole < DAY_S) return `${Math.floor(whole / HOUR_S)} h ${Math.floor((whole % HOUR_S) / MINUTE_S)} min`;
  return `${Math.floor(whole / DAY_S)} d ${Math.floor((whole % DAY_S) / HOUR_S)} h`;
}

/** Seconds since a time of the gateway; ticks with the page. */
export function secondsSince(time: string): number {
  tick.value;
  return (gatewayNow() - Date.parse(time)) / 1_000;
}

/** Age of a time of the gateway; ticks with the page. */
export function ageOf(time: string): string {
  return duration(secondsSince(time));
}

/** Age of a time of this browser; ticks with the page. */
export function localAge(at: number): string {
  tick.value;
  return duration((Date.now() - at) / 1_000);
}

/** `14:03:21`, with the day where it is not today. */
export function clockTime(time: string): string {
  const at = new Date(time);
  const clock = at.toLocaleTimeString('en-GB');
  return at.toDateString() === new Date().toDateString()
    ? clock
    : `${at.toLocaleDateString('en-GB')} ${clock}`;
}

export function power(watts: number): string {
  return watts >= 1_000 ? `${(watts / 1_000).toFixed(1)} kW` : `${Math.round(watts)} W`;
}

export function energy(kwh: number): string {
  return `${kwh.toFixed(3)} kWh`;
}

/** With VAT where it is known, and which of both it is; undefined without a price. */
export function cost(price: Price | undefined, currency: string): string | undefined {
  if (!price) return undefined;
  const { incl_vat, excl_vat } = price;
  return incl_vat === undefined
    ? TEXTS.exclVat(`${excl_vat.toFixed(2)} ${currency}`)
    : TEXTS.inclVat(`${incl_vat.toFixed(2)} ${currency}`);
}

/** `cdr-held:NO_TARIFF` as `cdr held: no tariff`. */
export function words(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, ' ').replace(':', ': ');
}

/** IPv4 in its usual spelling. */
export function addressText(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:/, '');
}
