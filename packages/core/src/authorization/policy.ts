import type { AuthorizationPolicy, Partner } from '../model/partner.js';
import { isHub } from '../partners/hubs.js';
import type { CoreSettings } from '../settings.js';

export type PolicySettings = Pick<CoreSettings, 'allowedPolicy' | 'rtaUnknown' | 'concurrentSessions'>;

/** What counts for the tokens of one partner: its own policy, else the settings. Nothing is open by default (D4.2). */
export function policyFor(
  partner: Partner | undefined,
  settings: PolicySettings,
): Required<AuthorizationPolicy> {
  return {
    allowed: settings.allowedPolicy,
    unknown: partner && isAskedAboutUnknown(partner, settings.rtaUnknown) ? 'ask' : 'never',
    unreachable: 'refuse',
    concurrentSessions: settings.concurrentSessions,
    ...partner?.authorizationPolicy,
  };
}

function isAskedAboutUnknown(partner: Partner, rtaUnknown: CoreSettings['rtaUnknown']): boolean {
  const roles = { none: [], hub: ['HUB'], all: ['HUB', 'EMSP'] } satisfies Record<
    typeof rtaUnknown,
    string[]
  >;
  const asked: readonly string[] = roles[rtaUnknown];
  return (isHub(partner) && asked.includes('HUB')) || partner.roles.some(({ role }) => asked.includes(role));
}
