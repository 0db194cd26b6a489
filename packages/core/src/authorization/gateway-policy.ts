import type { Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';

/** How tokens are decided where their partner has no policy of its own (D4.2). */
export type GatewayPolicy = Pick<
  CoreSettings,
  'allowedPolicy' | 'rtaUnknown' | 'concurrentSessions' | 'localTokensFirst'
>;

/** The policy of the whole platform: the settings, and what the operator changed since. */
export interface GatewayPolicyBook {
  /** Always what counts now. */
  readonly inForce: GatewayPolicy;
  /** What the operator changed. */
  changed(): Partial<GatewayPolicy>;
  /** Replaces what was changed: what is left out is as the settings say. */
  put(changed: Partial<GatewayPolicy>): Promise<void>;
  load(): Promise<void>;
}

const CHOICES: { [Name in keyof GatewayPolicy]: readonly GatewayPolicy[Name][] } = {
  allowedPolicy: ['local', 'realtime'],
  rtaUnknown: ['none', 'hub', 'all'],
  concurrentSessions: ['allow', 'deny'],
  localTokensFirst: [true, false],
};
const NAMES = ['allowedPolicy', 'rtaUnknown', 'concurrentSessions', 'localTokensFirst'] as const;

const storedName = (name: keyof GatewayPolicy) => `authorization ${name}`;

export function createGatewayPolicyBook(
  store: Pick<Store, 'settings'>,
  settings: GatewayPolicy,
): GatewayPolicyBook {
  let changed: Partial<GatewayPolicy> = {};

  async function read<Name extends keyof GatewayPolicy>(name: Name): Promise<Partial<GatewayPolicy>> {
    const text = await store.settings.get(storedName(name));
    const value = CHOICES[name].find((choice) => String(choice) === text);
    return value === undefined ? {} : { [name]: value };
  }

  return {
    inForce: {
      get allowedPolicy() {
        return changed.allowedPolicy ?? settings.allowedPolicy;
      },
      get rtaUnknown() {
        return changed.rtaUnknown ?? settings.rtaUnknown;
      },
      get concurrentSessions() {
        return changed.concurrentSessions ?? settings.concurrentSessions;
      },
      get localTokensFirst() {
        return changed.localTokensFirst ?? settings.localTokensFirst;
      },
    },
    changed: () => changed,
    async put(next) {
      for (const name of NAMES) await store.settings.put(storedName(name), String(next[name] ?? ''));
      changed = next;
    },
    async load() {
      changed = Object.assign({}, ...(await Promise.all(NAMES.map(read))));
    },
  };
}
