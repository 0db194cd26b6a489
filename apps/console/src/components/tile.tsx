import type { Tone } from '../texts.js';

/** One figure of the overview; leads to what it counts. */
export function Tile(tile: { href: string; figure: string | number; label: string; tone: Tone }) {
  return (
    <li>
      <a class="tile" href={tile.href}>
        <b class={`tone-${tile.tone}`}>{tile.figure}</b>
        <span>{tile.label}</span>
      </a>
    </li>
  );
}
