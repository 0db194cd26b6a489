export { createEgressGuard, type EgressGuard } from './client/egress-guard.js';
export {
  billsReservations,
  hasOneParty,
  namesOneTariff,
  planRequest,
  takesCredits,
} from './client/plan-request.js';
export { createOcpiEdge, type OcpiEdge, type OcpiEdgeOptions } from './ocpi-edge.js';
export { OCPI_VERSIONS, type OcpiVersion } from './versions/adapter.js';
