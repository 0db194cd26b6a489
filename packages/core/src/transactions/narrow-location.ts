import {
  type Connector,
  type Evse,
  type Location,
  MIN_PHASE_MS,
  type SessionTerms,
  type Tariff,
} from '@roambridge/domain';
import type { SessionSnapshot } from '../model/session.js';
import type { CoreSettings } from '../settings.js';

/** The location with nothing but the EVSE and the connector in use (SE-12, CD-35); undefined = not there. */
export function narrowLocation(
  location: Location,
  evseUid: string,
  connectorNo: number | undefined,
): Location | undefined {
  const evse = location.evses.find((candidate) => candidate.uid === evseUid);
  if (!evse) return undefined;
  const connector = connectorInUse(evse, connectorNo);
  if (!connector) return undefined;
  return { ...location, evses: [{ ...evse, connectors: [connector] }] };
}

function connectorInUse(evse: Evse, connectorNo: number | undefined): Connector | undefined {
  if (connectorNo === undefined || evse.connectors.length === 1) return evse.connectors[0];
  return (
    evse.connectors.find((connector) => connector.ocpp?.connector_id === connectorNo) ??
    evse.connectors.find((connector) => connector.id === String(connectorNo)) ??
    evse.connectors[connectorNo - 1]
  );
}

/** The tariff that the session follows is named first: it is the one that OCPI 2.1.1 embeds (MP-03). */
export function namedFirst(location: Location, { id }: Tariff): Location {
  const [evse] = location.evses;
  const [connector] = evse?.connectors ?? [];
  if (!evse || !connector || connector.tariff_ids?.[0] === id) return location;
  const others = connector.tariff_ids?.filter((each) => each !== id) ?? [];
  return { ...location, evses: [{ ...evse, connectors: [{ ...connector, tariff_ids: [id, ...others] }] }] };
}

const snapshots = new WeakMap<Connector, SessionSnapshot>();

/**
 * The snapshot of a narrowed location and a tariff. Sessions that begin under the same facts share one: a changed
 * location or tariff is another object. `snapshot` is never changed.
 */
export function snapshotOf(
  location: Location,
  tariff: Tariff | undefined,
  settings: TermSettings,
): SessionSnapshot {
  const connector = location.evses[0]?.connectors[0];
  const terms = termsOf(connector, tariff, settings);
  const fresh: SessionSnapshot = { location, tariffs: tariff ? [tariff] : [], terms };
  if (!connector) return fresh;
  const known = snapshots.get(connector);
  if (known && known.tariffs[0] === tariff) return known;
  snapshots.set(connector, fresh);
  return fresh;
}

type TermSettings = Pick<
  CoreSettings,
  | 'inferParking'
  | 'maxPeriodMs'
  | 'phaseFlipMinMs'
  | 'rounding'
  | 'sessionLiveDimensions'
  | 'signedDataUrl'
  | 'suspendedEvseAs'
> & {
  currency: string;
};

function termsOf(
  connector: Connector | undefined,
  tariff: Tariff | undefined,
  settings: TermSettings,
): SessionTerms {
  const maxPeriodMs = settings.maxPeriodMs[connector?.power_type === 'DC' ? 'dc' : 'ac'];
  const rounding = settings.rounding[tariff?.currency ?? settings.currency];
  return {
    ...(maxPeriodMs > 0 ? { maxPeriodMs } : {}),
    ...(settings.phaseFlipMinMs === MIN_PHASE_MS ? {} : { minPhaseMs: settings.phaseFlipMinMs }),
    ...(rounding ? { rounding } : {}),
    ...(settings.suspendedEvseAs === 'PARKING_TIME' ? { suspendedEvse: 'PARK' } : {}),
    ...(settings.inferParking ? { inferParking: true } : {}),
    ...(settings.signedDataUrl === undefined ? {} : { signedDataUrl: settings.signedDataUrl }),
    ...(settings.sessionLiveDimensions ? { liveDimensions: true } : {}),
  };
}
