import type { CommandAnswer } from '../model/command.js';
import type { CoreSettings } from '../settings.js';
import type { Execution } from './execution.js';
import type { Asked } from './new-command.js';
import type { TargetPorts } from './target.js';

/** What the receivers of commands need. */
export interface CommandPorts extends TargetPorts {
  settings: CoreSettings;
  execution: Execution;
}

/** Judges one kind of command and puts it on its way. */
export type Receive<Request> = (
  ports: CommandPorts,
  request: Request,
  asked: Asked,
) => Promise<CommandAnswer>;

/** A synchronous answer that is not ACCEPTED: nothing follows it (CO-01). */
export function refusal(
  { execution }: CommandPorts,
  answer: Omit<CommandAnswer, 'timeoutSeconds'>,
): CommandAnswer {
  const { result, message, unknownLocation } = answer;
  return {
    result,
    timeoutSeconds: execution.timeoutSeconds,
    ...(message === undefined ? {} : { message }),
    ...(unknownLocation ? { unknownLocation } : {}),
  };
}
