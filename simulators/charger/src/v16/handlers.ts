import { type CallHandler, numeric, type Payload, text } from '../protocol.js';
import { type Dialect, freeOutlet, type Outlet, type Sessions, type Station } from '../station.js';
import { createConfiguration } from './configuration.js';

/** What the OCPP 1.6 charger does on a CALL of the CSMS. */
export function createHandlers(
  station: Station,
  dialect: Dialect,
  sessions: Sessions,
): Record<string, CallHandler> {
  const outlets = [...station.outlets.values()];
  const outletsOf = (payload: Payload): Outlet[] => {
    const number = numeric(payload, 'connectorId');
    return number === undefined || number === 0 ? outlets : outlets.filter((o) => o.number === number);
  };

  return {
    ...createConfiguration(station),

    RemoteStartTransaction(payload) {
      const idTag = text(payload, 'idTag') ?? '';
      const outlet = freeOutlet(station, numeric(payload, 'connectorId'), idTag);
      if (!outlet) return { status: 'Rejected' };
      const { reservation } = outlet;
      delete outlet.reservation;
      station.later(() =>
        sessions.startRemotely(outlet, {
          outlet: outlet.number,
          idTag,
          ...(reservation ? { reservationId: reservation.id } : {}),
        }),
      );
      return { status: 'Accepted' };
    },

    RemoteStopTransaction(payload) {
      const id = numeric(payload, 'transactionId');
      const outlet = outlets.find((o) => o.transaction !== undefined && o.transaction.id === id);
      if (!outlet) return { status: 'Rejected' };
      station.later(() => sessions.finish(outlet, { reason: dialect.words.remote }));
      return { status: 'Accepted' };
    },

    TriggerMessage(payload) {
      const trigger = TRIGGERS[text(payload, 'requestedMessage') ?? ''];
      if (!trigger) return { status: 'NotImplemented' };
      const wanted = outletsOf(payload);
      if (wanted.length === 0) return { status: 'Rejected' };
      station.later(() => trigger(station, dialect, wanted));
      return { status: 'Accepted' };
    },

    Reset(payload) {
      const reason = text(payload, 'type') === 'Hard' ? 'HardReset' : 'SoftReset';
      station.later(() => station.reset(reason));
      return { status: 'Accepted' };
    },

    ChangeAvailability(payload) {
      const status = text(payload, 'type') === 'Inoperative' ? 'Unavailable' : 'Available';
      const wanted = outletsOf(payload);
      if (wanted.length === 0) return { status: 'Rejected' };
      if (wanted.some((outlet) => outlet.transaction !== undefined)) return { status: 'Scheduled' };
      station.later(async () => {
        for (const outlet of wanted) await dialect.status(outlet, status);
      });
      return { status: 'Accepted' };
    },

    UnlockConnector(payload) {
      const [outlet] = outletsOf(payload);
      if (!outlet) return { status: 'NotSupported' };
      station.later(() => sessions.finish(outlet, { reason: 'UnlockCommand' }));
      return { status: 'Unlocked' };
    },

    ReserveNow(payload) {
      const id = numeric(payload, 'reservationId') ?? 0;
      const idTag = text(payload, 'idTag') ?? '';
      const outlet = outletsOf(payload).find((o) => o.transaction === undefined);
      if (!outlet) return { status: 'Occupied' };
      if (outlet.status === 'Faulted' || outlet.status === 'Unavailable') return { status: outlet.status };
      if (outlet.reservation && outlet.reservation.id !== id) return { status: 'Occupied' };
      outlet.reservation = { id, idTag };
      station.later(() => dialect.status(outlet, 'Reserved'));
      return { status: 'Accepted' };
    },

    CancelReservation(payload) {
      const id = numeric(payload, 'reservationId');
      const outlet = outlets.find((o) => o.reservation !== undefined && o.reservation.id === id);
      if (!outlet) return { status: 'Rejected' };
      delete outlet.reservation;
      station.later(() => dialect.status(outlet, 'Available'));
      return { status: 'Accepted' };
    },
  };
}

type Trigger = (station: Station, dialect: Dialect, outlets: Outlet[]) => Promise<unknown>;

const TRIGGERS: Record<string, Trigger> = {
  BootNotification: (_station, dialect) => dialect.boot('Triggered'),
  Heartbeat: (station) => station.call('Heartbeat', {}),
  async StatusNotification(_station, dialect, outlets) {
    for (const outlet of outlets) await dialect.status(outlet, outlet.status);
  },
  async MeterValues(_station, dialect, outlets) {
    for (const outlet of outlets) await dialect.sample(outlet, outlet.transaction, 'Trigger');
  },
};
