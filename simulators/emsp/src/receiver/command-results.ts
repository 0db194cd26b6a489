import { methodNotAllowed, notFound, ok } from '../http/exchange.js';
import { isObject } from '../json.js';
import { checkedObject } from './pushed-object.js';
import type { ModuleHandler } from './request.js';

/** Response URLs of our commands: `{command}/{id}` (CO-04). */
export const commandResults: ModuleHandler = (call) => {
  const { state, request, segments } = call;
  const [command, id] = segments;
  if (command === undefined || id === undefined) return notFound('no such resource', 2000);
  if (request.method !== 'POST') return methodNotAllowed();
  const checked = checkedObject(call);
  if ('refusal' in checked && !isObject(request.body)) return checked.refusal;
  const result = isObject(request.body) ? request.body : {};
  const first = state.pendingCommands.get(id);
  if (!first && result.result !== 'CANCELED_RESERVATION')
    call.fault(
      `${command}: a result that nobody waits for, it came twice or too late or the command was refused (CO-01)`,
    );
  state.commandResults.push({ command, id, result, at: request.at });
  if (state.commandResults.length > state.objectsKept) state.commandResults.shift();
  state.pendingCommands.delete(id);
  first?.(result);
  return ok();
};
