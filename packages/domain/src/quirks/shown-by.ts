import { QUIRKS, type QuirkId } from './catalogue.js';
import { globPattern } from './glob.js';

interface Sign {
  id: QuirkId;
  action: string | undefined;
  line: RegExp;
}

const SIGN = /^(?:([A-Za-z]+): )?(.*)$/;

const SIGNS: readonly Sign[] = (Object.keys(QUIRKS) as QuirkId[]).flatMap((id) =>
  (QUIRKS[id].signs ?? []).map((sign) => {
    const [, action, line = sign] = SIGN.exec(sign) ?? [];
    return { id, action, line: globPattern(line) };
  }),
);

const NONE: readonly QuirkId[] = [];

/** The quirks that a frame shows by what was odd about it, each once. */
export function quirksShownBy(frame: {
  action: string | null;
  anomalies: readonly string[];
}): readonly QuirkId[] {
  if (frame.anomalies.length === 0) return NONE;
  const shown = new Set<QuirkId>();
  for (const { id, action, line } of SIGNS) {
    if (action !== undefined && action !== frame.action) continue;
    if (frame.anomalies.some((anomaly) => line.test(anomaly))) shown.add(id);
  }
  return [...shown];
}
