import { methodNotAllowed, ok, type Reply, refused } from '../http/exchange.js';
import { textOf } from '../json.js';
import type { PeerClient } from '../peer-client.js';
import { acceptCredentials, newToken, ownCredentials, readEndpoints } from '../registration.js';
import { checkedObject } from './pushed-object.js';
import type { ModuleHandler, ModuleRequest } from './request.js';

/** OCPI status when the CPO's endpoints cannot be read (CR-16). */
const UNUSABLE_CLIENT_API = 3001;

/** Credentials: the CPO registers with us, changes its data or leaves (CR-15, CR-20, CR-23). */
export function createCredentials(client: PeerClient, ownVersionsUrl: () => string): ModuleHandler {
  async function exchange(call: ModuleRequest): Promise<Reply> {
    const { state } = call;
    const checked = checkedObject(call);
    if ('refusal' in checked) return checked.refusal;
    const url = textOf(checked.object, 'url') ?? '';
    const token = textOf(checked.object, 'token') ?? '';
    try {
      await readEndpoints(state, client, url, token);
    } catch (error) {
      return refused(UNUSABLE_CLIENT_API, error instanceof Error ? error.message : String(error));
    }
    acceptCredentials(state, checked.object);
    const tokenC = newToken();
    state.connection.inboundTokens = [tokenC];
    delete state.connection.offeredToken;
    return ok(ownCredentials(state, ownVersionsUrl(), tokenC));
  }

  return (call) => {
    const { connection } = call.state;
    const registered = connection.outboundToken !== undefined;
    switch (call.request.method) {
      case 'GET':
        return ok(ownCredentials(call.state, ownVersionsUrl(), connection.inboundTokens.at(-1) ?? ''));
      case 'POST':
        return registered ? methodNotAllowed() : exchange(call);
      case 'PUT':
        return registered ? exchange(call) : methodNotAllowed();
      case 'DELETE':
        if (!registered) return methodNotAllowed();
        connection.inboundTokens = [];
        delete connection.outboundToken;
        return ok();
      default:
        return methodNotAllowed();
    }
  };
}
