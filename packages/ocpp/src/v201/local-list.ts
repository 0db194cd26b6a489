import type { LocalListAnswer } from '@roambridge/core';
import type { ListEntry } from '@roambridge/domain';
import type { LocalListWire } from '../local-lists.js';
import { isWireObject, type WireObject } from '../wire.js';
import { groupIdToken } from './id-token-info.js';

const ANSWERS: ReadonlyMap<unknown, LocalListAnswer> = new Map([
  ['Accepted', 'accepted'],
  ['Failed', 'failed'],
  ['VersionMismatch', 'version-mismatch'],
]);

const CONTROLLER = { name: 'LocalAuthListCtrlr' };

/** Local list of OCPP 2.0.1 (C-040). */
export const localList201: LocalListWire = {
  versionCall: { action: 'GetLocalListVersion', payload: {} },
  readVersion: ({ versionNumber }) =>
    typeof versionNumber === 'number' && versionNumber >= 0 ? versionNumber : 'not-supported',
  limitsCall: {
    action: 'GetVariables',
    payload: {
      getVariableData: [
        { component: CONTROLLER, variable: { name: 'Enabled' } },
        { component: CONTROLLER, variable: { name: 'Entries' }, attributeType: 'MaxSet' },
        { component: CONTROLLER, variable: { name: 'ItemsPerMessage' } },
        { component: { name: 'AuthCtrlr' }, variable: { name: 'LocalPreAuthorize' } },
      ],
    },
  },
  readLimits({ getVariableResult }) {
    const values = new Map<string, string>();
    for (const result of Array.isArray(getVariableResult) ? getVariableResult : []) {
      if (!isWireObject(result) || result.attributeStatus !== 'Accepted' || !isWireObject(result.variable))
        continue;
      values.set(String(result.variable.name).toLowerCase(), String(result.attributeValue ?? ''));
    }
    const maxEntries = positive(values.get('entries'));
    const entriesPerMessage = positive(values.get('itemspermessage'));
    return {
      enabled: values.get('enabled')?.toLowerCase() !== 'false',
      preAuthorize: values.get('localpreauthorize')?.toLowerCase() === 'true',
      ...(maxEntries === undefined ? {} : { maxEntries }),
      ...(entriesPerMessage === undefined ? {} : { entriesPerMessage }),
    };
  },
  sendCall({ version, kind, entries, removed }) {
    const list = [
      // An entry without idTokenInfo is removed (TC_D_03).
      ...removed.map(({ uid, type }) => ({ idToken: { idToken: uid, type } })),
      ...entries.map(entryToWire),
    ];
    return {
      action: 'SendLocalList',
      payload: {
        versionNumber: version,
        updateType: kind === 'full' ? 'Full' : 'Differential',
        // TC_D_04: a full list without entries clears it; an empty array breaks the schema.
        ...(list.length > 0 ? { localAuthorizationList: list } : {}),
      },
    };
  },
  readAnswer: ({ status }) => ANSWERS.get(status) ?? 'failed',
};

function entryToWire({ uid, type, status, groupId, expiresAt }: ListEntry): WireObject {
  return {
    idToken: { idToken: uid, type },
    idTokenInfo: {
      status,
      ...(groupId === undefined ? {} : { groupIdToken: groupIdToken(groupId) }),
      ...(expiresAt === undefined ? {} : { cacheExpiryDateTime: expiresAt }),
    },
  };
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
