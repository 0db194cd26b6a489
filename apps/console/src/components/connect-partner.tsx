import { useState } from 'preact/hooks';
import { act } from '../api/act.js';
import type { PartnerView } from '../api/views.js';
import { navigate } from '../routing/location.js';
import { toPartner } from '../routing/paths.js';
import { TEXTS } from '../texts.js';
import { ActionButton } from './action-button.js';

const T = TEXTS.partners;

/** We register with a partner that gave us its versions URL and a token. */
export function ConnectPartner() {
  const [input, setInput] = useState({ name: '', versions_url: '', token: '' });
  const complete = Object.values(input).every((text) => text.trim() !== '');
  return (
    <section class="form">
      <h3>{T.connect}</h3>
      {(Object.keys(T.connectFields) as (keyof typeof input)[]).map((name) => (
        <label key={name}>
          {T.connectFields[name]}
          <input
            value={input[name]}
            autocomplete="off"
            onInput={(event) => setInput({ ...input, [name]: event.currentTarget.value.trim() })}
          />
        </label>
      ))}
      <ActionButton
        label={T.connect}
        needs="admin"
        disabled={!complete}
        act={async () => {
          const { id } = await act<Pick<PartnerView, 'id'>>('POST', '/partners', input);
          navigate(toPartner(id));
          return undefined;
        }}
      />
    </section>
  );
}
