/** Texts of the audit log. */
export const AUDIT_TEXTS = {
  title: 'Audit log',
  what: 'Who did what in the console and by the operator API. Newest first; what was refused is here too.',
  none: 'Nobody has done anything yet. Every command, change and sign-in will stand here.',
  noMatch: 'Nothing matches. Take a filter away, or ask for another time.',
  filters: {
    actor: 'Who',
    object: 'Object, e.g. CP-1',
    outcome: 'Outcome',
    from: 'From (UTC)',
    to: 'Until (UTC)',
  },
  outcomes: { '': 'all', done: 'done', refused: 'refused or failed' },
  done: 'done',
  refused: 'refused',
  failed: 'failed',
  from: (address: string) => `from ${address}`,
  export: 'Download as CSV',
  older: 'older entries',
} as const;
