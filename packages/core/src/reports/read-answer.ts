import type { ReportState, StationReport } from '../model/station-report.js';
import type { CallOutcome, SchemaViolation } from '../ports/station-link.js';

/** Words of chargers for "there is nothing to report". */
const NOTHING: ReadonlySet<string> = new Set(['EmptyResultSet', 'NoProfiles', 'Unknown']);

/** What the answer to the request means for its report. */
export function answerOf(
  outcome: Exclude<CallOutcome | SchemaViolation, { kind: 'timeout' | 'lost' }>,
): Pick<StationReport, 'status' | 'statusInfo'> & { state: ReportState } {
  switch (outcome.kind) {
    case 'error':
      return { state: 'refused', status: outcome.code };
    case 'not-connected':
    case 'not-supported':
    case 'invalid':
      return { state: 'refused' };
    case 'result': {
      const { status, statusInfo } = outcome.payload;
      const word = typeof status === 'string' ? status : undefined;
      return {
        state: word === 'Accepted' ? 'running' : NOTHING.has(word ?? '') ? 'complete' : 'refused',
        ...(word === undefined ? {} : { status: word }),
        ...withInfo(statusInfo),
      };
    }
  }
}

/** C-003 */
function withInfo(info: unknown): Pick<StationReport, 'statusInfo'> {
  if (typeof info !== 'object' || info === null) return {};
  const { reasonCode, additionalInfo }: { reasonCode?: unknown; additionalInfo?: unknown } = info;
  if (typeof reasonCode !== 'string') return {};
  return {
    statusInfo: { reasonCode, ...(typeof additionalInfo === 'string' ? { additionalInfo } : {}) },
  };
}
