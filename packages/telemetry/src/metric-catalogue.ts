/** One metric of the gateway. Labels never hold a station id, a token or a session id. */
export interface MetricDefinition {
  /** Full name with prefix, in base units. */
  name: `roambridge_${string}`;
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels: readonly string[];
  /** Upper bounds of a histogram, in the unit of its name. */
  buckets?: readonly number[];
}

/** Every metric that the gateway itself keeps; docs/reference/metrics.md is made from it. */
export const METRICS = {
  stationsConnected: {
    name: 'roambridge_stations_connected',
    type: 'gauge',
    help: 'Charging stations with an open socket, by OCPP subprotocol.',
    labels: ['protocol'],
  },
  ocppFrames: {
    name: 'roambridge_ocpp_frames_total',
    type: 'counter',
    help: 'OCPP frames by direction (in, out) and verdict (ok, repaired, quarantined, rejected, malformed).',
    labels: ['direction', 'verdict'],
  },
  ocppQuirks: {
    name: 'roambridge_ocpp_quirks_total',
    type: 'counter',
    help: 'OCPP frames that showed a known quirk of chargers, by its id (docs/reference/quirks.md).',
    labels: ['quirk'],
  },
  ocppCallDuration: {
    name: 'roambridge_ocpp_call_duration_seconds',
    type: 'histogram',
    help: 'Time from an OCPP call to its answer. The action is one that the schemas know, else "other".',
    labels: ['action', 'direction', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
  deliveriesPending: {
    name: 'roambridge_deliveries_pending',
    type: 'gauge',
    help: 'Objects that a partner still has to be told, by partner id and kind of object.',
    labels: ['partner', 'kind'],
  },
  deliveryLag: {
    name: 'roambridge_delivery_lag_seconds',
    type: 'histogram',
    help: 'Time from the moment an object was due to the acknowledgement by the partner.',
    labels: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400],
  },
  exchangesLost: {
    name: 'roambridge_exchanges_lost',
    type: 'gauge',
    help: 'HTTP exchanges with partners that were not kept in the journal since the start, because too many waited.',
    labels: [],
  },
  commits: {
    name: 'roambridge_commits_total',
    type: 'counter',
    help: 'Database transactions that committed facts of stations.',
    labels: [],
  },
  commitGroupSize: {
    name: 'roambridge_commit_group_size',
    type: 'histogram',
    help: 'Write sets that shared one database transaction.',
    labels: [],
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  },
  cdrs: {
    name: 'roambridge_cdrs_total',
    type: 'counter',
    help: 'CDRs made, held ones included.',
    labels: [],
  },
  cdrsHeld: {
    name: 'roambridge_cdrs_held_total',
    type: 'counter',
    help: 'CDRs that were held back for a person to decide, by reason.',
    labels: ['reason'],
  },
} as const satisfies Record<string, MetricDefinition>;
