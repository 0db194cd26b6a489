import type { PasswordHash, SecurityProfile, Station } from '../model/station.js';
import type { Clock } from '../ports/clock.js';
import type { CallOutcome, SchemaViolation, StationRequest } from '../ports/station-link.js';
import type { Secrets } from '../secrets.js';
import type { CoreSettings } from '../settings.js';
import type { StationDirectory } from '../stations/directory.js';
import type { StationRegistry } from '../stations/registry.js';
import {
  offerPassword,
  offerProfile,
  settlePassword,
  withdrawProfile,
} from '../stations/security/rotation.js';

export interface CredentialPorts {
  clock: Clock;
  secrets: Secrets;
  settings: Pick<CoreSettings, 'oldKeyGraceMs'>;
  directory: StationDirectory;
  registry: () => StationRegistry;
}

/** Told of every call of the operator, before it is sent and after its answer. */
export interface CredentialChanges {
  /** Resolves when the new credential counts, also after a restart: only then may the charger hear of it. */
  before(stationId: string, request: StationRequest | undefined): Promise<Offer | undefined>;
  after(offer: Offer | undefined, outcome: CallOutcome | SchemaViolation): Promise<void>;
}

export type Offer = { stationId: string } & (
  | { kind: 'password'; password: PasswordHash }
  | { kind: 'profile'; earlier: SecurityProfile | undefined }
);

export function createCredentialChanges(ports: CredentialPorts): CredentialChanges {
  const until = () => ports.clock.now() + ports.settings.oldKeyGraceMs;

  async function change(stationId: string, make: (station: Station) => Station): Promise<void> {
    await ports.directory.change(stationId, make);
    await ports.registry().refresh(stationId);
  }

  return {
    async before(stationId, request) {
      if (request?.kind === 'set-password') {
        const password = ports.secrets.hashPassword(request.password);
        await change(stationId, (station) => offerPassword(station, password, until()));
        return { stationId, kind: 'password', password };
      }
      if (request?.kind !== 'set-security-profile') return undefined;
      const earlier = ports.directory.find(stationId)?.nextSecurityProfile;
      await change(stationId, (station) => offerProfile(station, request.profile));
      return { stationId, kind: 'profile', earlier };
    },
    async after(offer, outcome) {
      const accepted = takenBy(outcome);
      // Nobody knows: both credentials go on counting for their time.
      if (!offer || accepted === undefined) return;
      await change(offer.stationId, (station) => {
        if (offer.kind === 'profile') return accepted ? station : withdrawProfile(station, offer.earlier);
        return settlePassword(station, offer.password.salt, { accepted, until: until() });
      });
    },
  };
}

/** Whether the charger took it; undefined = it may have. */
function takenBy(outcome: CallOutcome | SchemaViolation): boolean | undefined {
  switch (outcome.kind) {
    case 'result':
      return outcome.accepted;
    case 'timeout':
    case 'lost':
      return undefined;
    case 'error':
    case 'not-connected':
    case 'not-supported':
    case 'invalid':
      return false;
  }
}
