/** Texts of making a CDR anew. */
export const CORRECTION_TEXTS = {
  title: 'Correct…',
  sent: 'The partner has it: it is taken back by a credit, and followed by a new one.',
  held: 'The partner has not seen it: it is made anew under its id.',
  reason: 'Reason (kept with it, not told to the partner)',
  energy: 'Energy in kWh, where it is another than metered',
  end: 'End (UTC), where it is another than reported',
  now: (time: string) => `now: ${time}`,
  tariff: 'Tariff that prices it',
  sameTariff: 'the one that it had',
  make: 'Make it anew',
  confirm: (id: string) => `Make CDR ${id} anew?`,
} as const;
