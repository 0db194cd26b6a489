import type { LocalListAnswer } from '@roambridge/core';
import type { ListEntry } from '@roambridge/domain';
import type { LocalListWire } from '../local-lists.js';
import { isWireObject, type WireObject } from '../wire.js';
import { parentIdTag } from './id-tag-info.js';

const ANSWERS: ReadonlyMap<unknown, LocalListAnswer> = new Map([
  ['Accepted', 'accepted'],
  ['Failed', 'failed'],
  ['VersionMismatch', 'version-mismatch'],
  ['NotSupported', 'not-supported'],
]);

/** Local list of OCPP 1.6 (B-035, B-036). */
export const localList16: LocalListWire = {
  versionCall: { action: 'GetLocalListVersion', payload: {} },
  readVersion: ({ listVersion }) =>
    typeof listVersion === 'number' && listVersion >= 0 ? listVersion : 'not-supported',
  limitsCall: {
    action: 'GetConfiguration',
    payload: {
      key: ['LocalAuthListEnabled', 'LocalAuthListMaxLength', 'SendLocalListMaxLength', 'LocalPreAuthorize'],
    },
  },
  readLimits({ configurationKey }) {
    const values = new Map(
      (Array.isArray(configurationKey) ? configurationKey : [])
        .filter(isWireObject)
        .map(({ key, value }) => [String(key).toLowerCase(), String(value ?? '')]),
    );
    const number = (key: string) => positive(values.get(key.toLowerCase()));
    const maxEntries = number('LocalAuthListMaxLength');
    const entriesPerMessage = number('SendLocalListMaxLength');
    return {
      enabled: values.get('localauthlistenabled')?.toLowerCase() !== 'false',
      preAuthorize: values.get('localpreauthorize')?.toLowerCase() === 'true',
      ...(maxEntries === undefined ? {} : { maxEntries }),
      ...(entriesPerMessage === undefined ? {} : { entriesPerMessage }),
    };
  },
  sendCall: ({ version, kind, entries, removed }) => ({
    action: 'SendLocalList',
    payload: {
      listVersion: version,
      updateType: kind === 'full' ? 'Full' : 'Differential',
      localAuthorizationList: [
        // D4-042: an entry without idTagInfo is removed.
        ...removed.map(({ uid }) => ({ idTag: uid })),
        ...entries.map(entryToWire),
      ],
    },
  }),
  readAnswer: ({ status }) => ANSWERS.get(status) ?? 'failed',
};

function entryToWire({ uid, status, groupId, expiresAt }: ListEntry): WireObject {
  return {
    idTag: uid,
    idTagInfo: {
      status,
      ...(groupId === undefined ? {} : { parentIdTag: parentIdTag(groupId) }),
      ...(expiresAt === undefined ? {} : { expiryDate: expiresAt }),
    },
  };
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
