import { act } from '../../api/act.js';
import type { GatewayPolicyView, PartnerPolicy } from '../../api/console-views.js';
import type { PartnerView } from '../../api/views.js';
import { useLive } from '../../live/use-live.js';
import { POLICY_TEXTS as T } from '../../texts/policy.js';
import { Waiting } from '../waiting.js';
import { PolicyForm, type PolicyMember } from './policy-form.js';

const OF_PARTNER = [
  'allowed',
  'unknown',
  'unreachable',
  'concurrent_sessions',
] as const satisfies (keyof PartnerPolicy)[];
const OF_GATEWAY = [
  'allowed',
  'unknown',
  'concurrent_sessions',
  'local_tokens_first',
] as const satisfies (keyof GatewayPolicyView['in_force'])[];

/** How cards of a partner are decided, and how those of all partners are. */
export function Policies({ partner, onSaved }: { partner: PartnerView; onSaved: () => void }) {
  const gateway = useLive<GatewayPolicyView>('/authorization-policy', ['partner']);
  return (
    <div class="columns">
      <section>
        <h3>{T.ofPartner}</h3>
        <p class="muted">{T.hint}</p>
        <PolicyForm
          testId="partner-policy"
          otherwise={T.asGateway}
          set={texts(partner.authorization_policy ?? {})}
          members={OF_PARTNER.map((name) => ({ name, choices: T.partner[name] }))}
          save={async (set) => {
            await act('PUT', `/partners/${encodeURIComponent(partner.id)}/authorization-policy`, set);
            onSaved();
          }}
        />
      </section>
      <section>
        <h3>{T.ofGateway}</h3>
        <p class="muted">{T.gatewayHint}</p>
        {gateway.value === undefined ? (
          <Waiting live={gateway} />
        ) : (
          <PolicyForm
            testId="gateway-policy"
            otherwise={T.asSettings}
            confirm={T.confirmGateway}
            set={texts(gateway.value.changed)}
            members={gatewayMembers(gateway.value)}
            save={async ({ local_tokens_first: first, ...set }) => {
              const firstly = first === undefined ? {} : { local_tokens_first: first === 'true' };
              await act('PUT', '/authorization-policy', { ...set, ...firstly });
              gateway.again();
            }}
          />
        )}
      </section>
    </div>
  );
}

function gatewayMembers({ in_force }: GatewayPolicyView): PolicyMember[] {
  return OF_GATEWAY.map((name) => {
    const choices: Readonly<Record<string, string>> = T.gateway[name];
    const inForce = choices[String(in_force[name])];
    return { name, choices, ...(inForce === undefined ? {} : { inForce }) };
  });
}

/** Values of a select are texts. */
function texts(policy: object): Record<string, string> {
  return Object.fromEntries(Object.entries(policy).map(([name, value]) => [name, String(value)]));
}
