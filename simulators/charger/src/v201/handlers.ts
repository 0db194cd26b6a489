import { type CallHandler, nested, numeric, type Payload, text } from '../protocol.js';
import { type Dialect, freeOutlet, type Outlet, type Sessions, type Station } from '../station.js';
import { createDeviceModel } from './device-model.js';
import { outletsOf } from './outlets.js';

/** What the OCPP 2.0.1 charger does on a CALL of the CSMS. */
export function createHandlers201(
  station: Station,
  dialect: Dialect,
  sessions: Sessions,
): Record<string, CallHandler> {
  const evseOutlets = (payload: Payload) =>
    outletsOf(station, numeric(nested(payload, 'evse') ?? {}, 'id') ?? numeric(payload, 'evseId'));

  return {
    ...createDeviceModel(station),

    RequestStartTransaction(payload) {
      const token = nested(payload, 'idToken') ?? {};
      const idTag = text(token, 'idToken') ?? '';
      const outlet = freeOutlet(station, numeric(payload, 'evseId'), idTag);
      if (!outlet) return { status: 'Rejected' };
      const { reservation } = outlet;
      delete outlet.reservation;
      const type = text(token, 'type');
      const remoteStartId = numeric(payload, 'remoteStartId');
      station.later(() =>
        sessions.startRemotely(outlet, {
          outlet: outlet.number,
          idTag,
          ...(type === undefined ? {} : { idTokenType: type }),
          ...(remoteStartId === undefined ? {} : { remoteStartId }),
          ...(reservation ? { reservationId: reservation.id } : {}),
        }),
      );
      return { status: 'Accepted' };
    },

    RequestStopTransaction(payload) {
      const outlet = outletOfTransaction(station, payload);
      if (!outlet) return { status: 'Rejected' };
      station.later(() => sessions.finish(outlet, { reason: dialect.words.remote }));
      return { status: 'Accepted' };
    },

    TriggerMessage(payload) {
      const trigger = TRIGGERS[text(payload, 'requestedMessage') ?? ''];
      if (!trigger) return { status: 'NotImplemented' };
      const wanted = evseOutlets(payload);
      if (wanted.length === 0) return { status: 'Rejected' };
      station.later(() => trigger(station, dialect, wanted));
      return { status: 'Accepted' };
    },

    GetTransactionStatus(payload) {
      const asked = text(payload, 'transactionId') !== undefined;
      return {
        ...(asked ? { ongoingIndicator: outletOfTransaction(station, payload) !== undefined } : {}),
        messagesInQueue: station.queueLength() > 0,
      };
    },

    Reset() {
      station.later(() => station.reset('ImmediateReset'));
      return { status: 'Accepted' };
    },

    ChangeAvailability(payload) {
      const status = text(payload, 'operationalStatus') === 'Inoperative' ? 'Unavailable' : 'Available';
      const wanted = evseOutlets(payload);
      if (wanted.length === 0) return { status: 'Rejected' };
      if (wanted.some((outlet) => outlet.transaction !== undefined)) return { status: 'Scheduled' };
      station.later(async () => {
        for (const outlet of wanted) await dialect.status(outlet, status);
      });
      return { status: 'Accepted' };
    },

    UnlockConnector(payload) {
      const [outlet] = evseOutlets(payload);
      if (!outlet) return { status: 'UnknownConnector' };
      return { status: outlet.transaction ? 'OngoingAuthorizedTransaction' : 'Unlocked' };
    },

    ReserveNow(payload) {
      const id = numeric(payload, 'id') ?? 0;
      const idTag = text(nested(payload, 'idToken') ?? {}, 'idToken') ?? '';
      const outlet = evseOutlets(payload).find((o) => o.transaction === undefined);
      if (!outlet) return { status: 'Occupied' };
      if (outlet.status === 'Faulted' || outlet.status === 'Unavailable') return { status: outlet.status };
      if (outlet.reservation && outlet.reservation.id !== id) return { status: 'Occupied' };
      outlet.reservation = { id, idTag };
      station.later(() => dialect.status(outlet, 'Reserved'));
      return { status: 'Accepted' };
    },

    CancelReservation(payload) {
      const id = numeric(payload, 'reservationId');
      const outlet = outletsOf(station, undefined).find(
        (o) => o.reservation !== undefined && o.reservation.id === id,
      );
      if (!outlet) return { status: 'Rejected' };
      delete outlet.reservation;
      station.later(() => dialect.status(outlet, 'Available'));
      return { status: 'Accepted' };
    },
  };
}

function outletOfTransaction(station: Station, payload: Payload): Outlet | undefined {
  const id = text(payload, 'transactionId');
  return outletsOf(station, undefined).find((o) => o.transaction !== undefined && o.transaction.id === id);
}

type Trigger = (station: Station, dialect: Dialect, outlets: Outlet[]) => Promise<unknown>;

const TRIGGERS: Record<string, Trigger> = {
  BootNotification: (_station, dialect) => dialect.boot('Triggered'),
  Heartbeat: (station) => station.call('Heartbeat', {}),
  async StatusNotification(_station, dialect, outlets) {
    for (const outlet of outlets) await dialect.status(outlet, outlet.status);
  },
  async MeterValues(_station, dialect, outlets) {
    for (const outlet of outlets) await dialect.sample(outlet, undefined, 'Trigger');
  },
  async TransactionEvent(_station, dialect, outlets) {
    for (const outlet of outlets)
      if (outlet.transaction) await dialect.sample(outlet, outlet.transaction, 'Trigger');
  },
};
