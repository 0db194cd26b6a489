/** Texts of the lists of sessions and CDRs. */
export const CHARGING_TEXTS = {
  title: 'Sessions and CDRs',
  filters: {
    partner: 'Partner',
    station: 'Station',
    status: 'Session',
    session: 'Session told',
    cdr: 'CDR told',
  },
  all: 'all',
  allPartners: 'all partners',
  statuses: {
    ACTIVE: 'running',
    COMPLETED: 'completed',
    INVALID: 'invalid',
    PENDING: 'pending',
    RESERVATION: 'reservation',
  },
  deliveries: {
    held: 'held for a person',
    pending: 'to be delivered',
    parked: 'refused, parked',
    acknowledged: 'delivered',
    discarded: 'given up',
  },
  noSessions: 'No session yet. A driver with a card that a partner knows makes the first one.',
  noCdrs: 'No CDR yet. One is made when a session is over.',
  noMatch: 'None matches these filters.',
  export: 'Download as CSV',
  more: 'show more',
  told: { pending: 'to be told', acknowledged: 'told', parked: 'refused', discarded: 'given up' },
} as const;
