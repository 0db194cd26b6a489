import type { JobView } from '../api/station-views.js';

/** Texts of firmware, logs and files. */
export const FILE_TEXTS = {
  title: 'Firmware and logs',
  getLog: 'Get a log',
  logType: 'Which',
  logs: {
    GetDiagnostics: 'diagnostics',
    DiagnosticsLog: 'diagnostics log',
    SecurityLog: 'security log',
  },
  ask: 'Ask for it',
  asked: 'asked for; the file appears below when the charger has sent it',
  firmware: 'Send firmware',
  file: 'File',
  noFirmware: 'There is no file yet: upload one first.',
  chooseFile: 'choose…',
  update: 'Let the charger install it',
  updateConfirm: (file: string, id: string) =>
    `Install ${file} on ${id}?\n\nThe charger fetches it, installs it and restarts; a running transaction may end.`,
  sent: 'asked for; every word of the charger appears below',
  upload: 'Upload a file',
  uploading: (name: string) => `sending ${name}…`,
  uploaded: (name: string) => `✓ ${name} is here`,
  jobs: 'Jobs',
  noJobs: 'No charger was asked for firmware or a log yet.',
  states: { running: '… running', done: '✓ done', failed: '✗ failed' } satisfies Record<
    JobView['state'],
    string
  >,
  kinds: { firmware: 'firmware', log: 'log', certificate: 'certificate' } satisfies Record<
    JobView['kind'],
    string
  >,
  since: (age: string) => `asked ${age} ago`,
  files: 'Files',
  noFiles: 'No file yet. Firmware is uploaded here; logs come from the chargers.',
  noFilesOfStation: 'The charger sent no file yet: ask for a log above.',
  fromStation: (id: string) => `from ${id}`,
  fromOperator: 'uploaded',
  size: (bytes: number) =>
    bytes < 1_000
      ? `${bytes} B`
      : bytes < 1_000_000
        ? `${(bytes / 1_000).toFixed(1)} kB`
        : `${(bytes / 1_000_000).toFixed(1)} MB`,
  download: (name: string) => `download ${name}`,
  remove: 'Remove',
  removeConfirm: (name: string) => `Remove ${name} from the gateway?`,
} as const;
