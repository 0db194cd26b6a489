import { later } from '../components/later.js';

/** Firmware and logs. */
export const FilesPage = later(() =>
  import('../components/files/all-files.js').then(({ AllFiles }) => AllFiles),
);
