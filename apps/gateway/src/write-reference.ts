import { writeFileSync } from 'node:fs';
import { configReference, metricsReference } from './reference.js';

writeFileSync(new URL('../../../docs/reference/config.md', import.meta.url), configReference());
writeFileSync(new URL('../../../docs/reference/metrics.md', import.meta.url), metricsReference());
