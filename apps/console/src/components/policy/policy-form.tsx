import { useState } from 'preact/hooks';
import { POLICY_TEXTS as T } from '../../texts/policy.js';
import { ActionButton } from '../action-button.js';

type Member = keyof typeof T.members;

/** Choices of one policy: what a member may be, in words. */
export interface PolicyMember {
  name: Member;
  choices: Readonly<Record<string, string>>;
  /** What counts now, in words. */
  inForce?: string;
}

/** A policy as a list of choices; what is not set is as `otherwise` says. */
export function PolicyForm(form: {
  members: readonly PolicyMember[];
  /** What is set, by member. */
  set: Readonly<Record<string, string>>;
  otherwise: string;
  testId: string;
  confirm?: string;
  save: (set: Record<string, string>) => Promise<void>;
}) {
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const chosen = (name: Member) => changed[name] ?? form.set[name] ?? '';
  const isChanged = form.members.some(({ name }) => chosen(name) !== (form.set[name] ?? ''));
  const save = async () => {
    const all = form.members.map(({ name }) => [name, chosen(name)] as const);
    await form.save(Object.fromEntries(all.filter(([, value]) => value !== '')));
    setChanged({});
    return T.saved;
  };
  return (
    <div class="form" data-testid={form.testId}>
      {form.members.map(({ name, choices, inForce }) => (
        <label key={name}>
          {T.members[name]}
          <select
            name={name}
            value={chosen(name)}
            onChange={(event) => setChanged({ ...changed, [name]: event.currentTarget.value })}
          >
            <option value="">{form.otherwise}</option>
            {Object.entries(choices).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
          {inForce !== undefined && <span class="muted">{T.inForce(inForce)}</span>}
        </label>
      ))}
      <ActionButton
        label={T.save}
        needs="admin"
        disabled={!isChanged}
        act={save}
        {...(form.confirm === undefined ? {} : { confirm: form.confirm })}
      />
    </div>
  );
}
