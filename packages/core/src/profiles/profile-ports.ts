import type { Execution } from '../commands/execution.js';
import type { Committer } from '../committer.js';
import type { CommandAnswer, ProfileAnswer } from '../model/command.js';
import type { Partner } from '../model/partner.js';
import type { SessionRecord } from '../model/session.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import type { StationRegistry } from '../stations/registry.js';

export interface ProfilePorts {
  store: Store;
  clock: Clock;
  log: Log;
  committer: Committer;
  settings: CoreSettings;
  registry: () => StationRegistry;
  link: () => StationLink;
}

export interface ProfileDeskPorts extends ProfilePorts {
  execution: Execution;
}

export type ProfileRefusal = Omit<ProfileAnswer, 'timeoutSeconds'>;

/** A session of the partner for which profiles can be set now, or why not (D6-001). */
export type FoundSession =
  | { kind: 'found'; record: SessionRecord }
  | { kind: 'refused'; refusal: ProfileRefusal };

/** CP-05, CP-08: only the owner of the session, and only where the EVSE is capable. */
export async function findSession(
  { store, link }: ProfilePorts,
  partner: Partner,
  sessionId: string,
): Promise<FoundSession> {
  const record = await store.sessions.get(sessionId);
  if (!record || record.partnerId !== partner.id) return no('UNKNOWN_SESSION', 'no such session');
  const { status } = record.session;
  if (status !== 'ACTIVE' && status !== 'PENDING') return no('REJECTED', `the session is ${status}`);
  const capabilities = record.snapshot.location.evses[0]?.capabilities ?? [];
  if (!capabilities.includes('CHARGING_PROFILE_CAPABLE')) {
    return no('NOT_SUPPORTED', 'the EVSE takes no charging profiles');
  }
  if (!link().isConnected(record.stationId)) return no('REJECTED', 'charge point offline');
  return { kind: 'found', record };
}

function no(result: ProfileAnswer['result'] & CommandAnswer['result'], message: string): FoundSession {
  return { kind: 'refused', refusal: { result, message } };
}
