import { useState } from 'preact/hooks';
import { act } from '../api/act.js';
import type { Page, PartnerView } from '../api/views.js';
import { ActionButton } from '../components/action-button.js';
import { ConnectPartner } from '../components/connect-partner.js';
import { LaneList } from '../components/lane-list.js';
import { useLive } from '../live/use-live.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.partners;

interface Invitation {
  registration_token: string;
  versions_url: string;
}

export function PartnersPage() {
  const { value, again } = useLive<Page<PartnerView>>('/partners', ['partner', 'delivery']);
  return (
    <main>
      <h2>{T.title}</h2>
      {value !== undefined && <LaneList partners={value.items} />}
      <div class="columns">
        <Invite onInvited={again} />
        <ConnectPartner />
      </div>
    </main>
  );
}

function Invite({ onInvited }: { onInvited: () => void }) {
  const [name, setName] = useState('');
  const [invitation, setInvitation] = useState<Invitation>();
  return (
    <section class="form">
      <h3>{T.invite}</h3>
      <label>
        {T.inviteName}
        <input value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <ActionButton
        label={T.invite}
        needs="admin"
        disabled={name.trim() === ''}
        act={async () => {
          setInvitation(await act<Invitation>('POST', '/partners', { name: name.trim() }));
          setName('');
          onInvited();
          return undefined;
        }}
      />
      {invitation !== undefined && (
        <>
          <p>{T.invited}</p>
          <pre>{`${invitation.versions_url}\n${invitation.registration_token}`}</pre>
        </>
      )}
    </section>
  );
}
