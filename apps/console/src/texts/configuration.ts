import type { ReportView, SetAnswer, Wanted } from '../api/station-views.js';

/** Texts of the configuration keys and the device model of a station. */
export const CONFIGURATION_TEXTS = {
  find: 'Find by name or value',
  onlyDifferences: 'only what differs',
  readAgain: 'Read all again',
  summary: (count: number, differing: number) =>
    `${count} values, ${differing === 0 ? 'none differs' : `${differing} ${differing === 1 ? 'differs' : 'differ'}`} from what is wanted`,
  nothingWanted:
    'Nothing is wanted of this station: give it a configuration_template, baseline for example, and differences are marked here.',
  template: (name: string) => `kept at the template ${name}`,
  readAt: (age: string) => `read ${age} ago`,
  neverRead:
    'The charger has not told its configuration yet. It is asked after every boot; you can ask it now with the button above.',
  neverReported:
    'The charger has not told of what it is made yet. It is asked after its boot; you can ask it now with the button above.',
  noProtocol:
    'The station never connected, so it told nothing yet. Its field page says what to enter in the charger.',
  noMatch: 'Nothing matches.',
  more: (count: number) => `${count} more; search to see them.`,
  readOnly: 'read only',
  writeOnly: 'cannot be read',
  notThere: 'the charger does not have it',
  noValue: '(no value)',
  unknownAge: 'age not known',
  differs: (wanted: Wanted) => `! wanted: ${wantedText(wanted)}`,
  asWanted: (wanted: Wanted) => `✓ as wanted: ${wantedText(wanted)}`,
  setTo: (value: string) => `Set ${value}`,
  change: 'change',
  changeOf: (name: string) => `change ${name}`,
  newValue: (name: string) => `New value of ${name}`,
  save: 'Send it',
  cancel: 'Leave it',
  confirm: (name: string, value: string, id: string) =>
    `Set ${name} to ${value} on ${id}?\n\nA wrong value can cut the charger off from the gateway.`,
  rebootNeeded: 'It counts after a restart.',
  restart: 'Restart now',
  restartConfirm: (id: string) => `Restart ${id}?\n\nA running transaction may end.`,
  changes: 'Last changes',
  noChanges: 'Nothing was changed by the gateway yet.',
  changed: (from: string | undefined, to: string) => `${from ?? '?'} → ${to}`,
  answers: {
    accepted: '✓ accepted',
    'reboot-required': '! counts after a restart',
    'not-supported': '✗ not supported',
    rejected: '✗ rejected',
    'no-answer': '✗ no answer',
  } satisfies Record<SetAnswer, string>,
  reports: 'Reports',
  noReports: 'The charger gave no report yet.',
  reportStates: {
    running: '… is coming',
    complete: '✓ complete',
    incomplete: '! parts are missing',
    refused: '✗ refused',
  } satisfies Record<ReportView['state'], string>,
  reportParts: (parts: number, missing: readonly number[]) =>
    `${parts} ${parts === 1 ? 'message' : 'messages'}${missing.length === 0 ? '' : `, missing: ${missing.join(', ')}`}`,
  asked: 'The charger is asked; what it tells appears here as it comes.',
  limits: (from: number | undefined, to: number | undefined) =>
    [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`].filter(Boolean).join(' '),
} as const;

function wantedText(wanted: Wanted): string {
  if (typeof wanted === 'string') return wanted;
  return 'includes' in wanted ? `has ${wanted.includes.join(', ')}` : `${wanted.min} to ${wanted.max}`;
}
