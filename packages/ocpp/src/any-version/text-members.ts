import type { InboundCall } from '../routing.js';
import { readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';

/** The texts that are there, under the names of the model; `wireNames` tells where each comes from. */
export function readTexts<K extends string>(
  source: WireObject,
  wireNames: Record<K, string>,
  call: InboundCall,
): Partial<Record<K, string>> {
  const texts: Partial<Record<K, string>> = {};
  for (const name of Object.keys(wireNames) as K[]) {
    const text = readText(source, wireNames[name], call);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}
