import { writeFileSync } from 'node:fs';
import { configReference, metricsReference, quirksReference } from './reference.js';

writeFileSync(new URL('../../../docs/reference/config.md', import.meta.url), configReference());
writeFileSync(new URL('../../../docs/reference/metrics.md', import.meta.url), metricsReference());
writeFileSync(new URL('../../../docs/reference/quirks.md', import.meta.url), quirksReference());
