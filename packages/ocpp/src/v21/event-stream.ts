import { journalOnly, type Route, type SendReader } from '../routing.js';
import { need, readInteger, readNumber, readObject, readObjects, readText } from '../validation/read.js';

/** OpenPeriodicEventStream: every stream is welcome; what comes in it is kept in the journal (G46). */
export const openEventStream: Route = {
  messageClass: 'plain',
  repeatable: true,
  async answer(payload, call) {
    const stream = need(readObject(payload, 'constantStreamData', call), payload, 'constantStreamData');
    need(readInteger(stream, 'id', call), stream, 'id');
    await journalOnly(payload, call);
    return { status: 'Accepted' };
  },
};

/** NotifyPeriodicEventStream: values of one monitored variable, whose times count from one base time. */
export const readEventStream: SendReader = (payload, call) => {
  need(readInteger(payload, 'id', call), payload, 'id');
  need(readText(payload, 'basetime', call), payload, 'basetime');
  const values = need(readObjects(payload, 'data', call), payload, 'data');
  for (const value of values) {
    need(readNumber(value, 't', call), value, 't');
    need(readText(value, 'v', call), value, 'v');
  }
};
