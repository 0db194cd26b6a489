import type { Connector, Evse, Location } from '@roambridge/domain';

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
