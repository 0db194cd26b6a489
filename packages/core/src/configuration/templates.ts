import { RequestRefused } from '../edges/operator-edge.js';
import type { WantedConfiguration } from '../model/station-configuration.js';
import type { Store } from '../ports/store.js';

/** Where all templates are kept together: there are few. */
const SETTING = 'configuration-templates';
const TEMPLATES_MAX = 100;

/** Configurations by name, that stations refer to. */
export interface Templates {
  all(): Promise<ReadonlyMap<string, WantedConfiguration>>;
  /** @throws RequestRefused when there are too many. */
  put(name: string, configuration: WantedConfiguration): Promise<{ created: boolean }>;
  remove(name: string): Promise<boolean>;
}

export function createTemplates(store: Pick<Store, 'settings'>): Templates {
  let known: Map<string, WantedConfiguration> | undefined;

  async function load(): Promise<Map<string, WantedConfiguration>> {
    if (known) return known;
    const stored = await store.settings.get(SETTING);
    const entries: [string, WantedConfiguration][] = stored === undefined ? [] : JSON.parse(stored);
    known ??= new Map(entries);
    return known;
  }

  async function save(templates: Map<string, WantedConfiguration>): Promise<void> {
    await store.settings.put(SETTING, JSON.stringify([...templates]));
    known = templates;
  }

  return {
    all: load,
    async put(name, configuration) {
      const before = await load();
      const created = !before.has(name);
      if (created && before.size >= TEMPLATES_MAX) {
        throw new RequestRefused(409, `there are ${TEMPLATES_MAX} templates already`);
      }
      await save(new Map(before).set(name, configuration));
      return { created };
    },
    async remove(name) {
      const templates = new Map(await load());
      const removed = templates.delete(name);
      if (removed) await save(templates);
      return removed;
    },
  };
}
