import { type CallHandler, text } from '../protocol.js';
import type { Station } from '../station.js';

interface Setting {
  value: string;
  readonly: boolean;
}

/** The configuration keys of the OCPP 1.6 charger: GetConfiguration and ChangeConfiguration. */
export function createConfiguration(station: Station): Record<string, CallHandler> {
  const settings = new Map<string, Setting>([
    ['AuthorizeRemoteTxRequests', { value: 'true', readonly: false }],
    ['ConnectionTimeOut', { value: '120', readonly: false }],
    ['GetConfigurationMaxKeys', { value: '50', readonly: true }],
    ['HeartbeatInterval', { value: '300', readonly: false }],
    ['MeterValueSampleInterval', { value: '60', readonly: false }],
    ['MeterValuesSampledData', { value: 'Energy.Active.Import.Register', readonly: false }],
    ['NumberOfConnectors', { value: String(station.outlets.size), readonly: true }],
    [
      'SupportedFeatureProfiles',
      { value: 'Core,Reservation,RemoteTrigger,FirmwareManagement', readonly: true },
    ],
    ['TransactionMessageAttempts', { value: '3', readonly: false }],
    ['TransactionMessageRetryInterval', { value: '60', readonly: false }],
    ['WebSocketPingInterval', { value: '30', readonly: false }],
  ]);

  return {
    GetConfiguration(payload) {
      const { key: wanted } = payload;
      const keys = Array.isArray(wanted) ? wanted.map(String) : [...settings.keys()];
      return {
        configurationKey: keys.flatMap((key) => {
          const setting = settings.get(key);
          return setting ? [{ key, ...setting }] : [];
        }),
        unknownKey: keys.filter((key) => !settings.has(key)),
      };
    },

    ChangeConfiguration(payload) {
      const setting = settings.get(text(payload, 'key') ?? '');
      if (!setting) return { status: 'NotSupported' };
      if (setting.readonly) return { status: 'Rejected' };
      setting.value = text(payload, 'value') ?? '';
      return { status: 'Accepted' };
    },
  };
}
