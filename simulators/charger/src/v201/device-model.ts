import { type CallHandler, nested, nestedList, numeric, type Payload, text } from '../protocol.js';
import { type Station, timestamp } from '../station.js';

interface Variable {
  component: string;
  evseId?: number;
  name: string;
  value: string;
  mutability: 'ReadOnly' | 'ReadWrite';
  dataType: 'string' | 'integer' | 'boolean' | 'OptionList' | 'MemberList';
}

/** The variables of the OCPP 2.0.1 charger: GetVariables, SetVariables and the base report. */
export function createDeviceModel(station: Station): Record<string, CallHandler> {
  const variables = initialVariables(station);

  const find = (item: Payload): Variable | 'UnknownComponent' | 'UnknownVariable' => {
    const component = nested(item, 'component') ?? {};
    const evseId = numeric(nested(component, 'evse') ?? {}, 'id');
    const own = variables.filter((v) => v.component === text(component, 'name') && v.evseId === evseId);
    if (own.length === 0) return 'UnknownComponent';
    return own.find((v) => v.name === text(nested(item, 'variable') ?? {}, 'name')) ?? 'UnknownVariable';
  };

  return {
    GetVariables: (payload) => ({
      getVariableResult: nestedList(payload, 'getVariableData').map((item) => {
        const found = find(item);
        return {
          ...(typeof found === 'string'
            ? { attributeStatus: found }
            : { attributeStatus: 'Accepted', attributeValue: found.value }),
          component: item.component,
          variable: item.variable,
        };
      }),
    }),

    SetVariables: (payload) => ({
      setVariableResult: nestedList(payload, 'setVariableData').map((item) => {
        const found = find(item);
        return {
          attributeStatus: setVariable(found, text(item, 'attributeValue') ?? ''),
          component: item.component,
          variable: item.variable,
        };
      }),
    }),

    GetBaseReport(payload) {
      const requestId = numeric(payload, 'requestId') ?? 0;
      station.later(() =>
        station.call('NotifyReport', {
          requestId,
          generatedAt: timestamp(),
          seqNo: 0,
          tbc: false,
          reportData: variables.map(reportItem),
        }),
      );
      return { status: 'Accepted' };
    },
  };
}

function setVariable(found: Variable | string, value: string): string {
  if (typeof found === 'string') return found;
  if (found.mutability === 'ReadOnly') return 'Rejected';
  found.value = value;
  return 'Accepted';
}

function reportItem(variable: Variable): Payload {
  return {
    component: {
      name: variable.component,
      ...(variable.evseId === undefined ? {} : { evse: { id: variable.evseId } }),
    },
    variable: { name: variable.name },
    variableAttribute: [{ type: 'Actual', value: variable.value, mutability: variable.mutability }],
    variableCharacteristics: { dataType: variable.dataType, supportsMonitoring: false },
  };
}

function initialVariables(station: Station): Variable[] {
  const setting = (component: string, name: string, value: string, dataType: Variable['dataType']) =>
    ({ component, name, value, mutability: 'ReadWrite', dataType }) satisfies Variable;
  return [
    setting('AuthCtrlr', 'AuthorizeRemoteStart', 'true', 'boolean'),
    setting('OCPPCommCtrlr', 'HeartbeatInterval', '300', 'integer'),
    setting('OCPPCommCtrlr', 'WebSocketPingInterval', '30', 'integer'),
    setting('SampledDataCtrlr', 'TxUpdatedInterval', '60', 'integer'),
    setting('SampledDataCtrlr', 'TxUpdatedMeasurands', 'Energy.Active.Import.Register', 'MemberList'),
    setting('TxCtrlr', 'EVConnectionTimeOut', '120', 'integer'),
    setting('TxCtrlr', 'TxStartPoint', 'EVConnected', 'MemberList'),
    setting('TxCtrlr', 'TxStopPoint', 'EVConnected', 'MemberList'),
    {
      component: 'ReservationCtrlr',
      name: 'Available',
      value: 'true',
      mutability: 'ReadOnly',
      dataType: 'boolean',
    },
    ...[...station.outlets.keys()].flatMap((evseId): Variable[] => [
      {
        component: 'EVSE',
        evseId,
        name: 'AvailabilityState',
        value: 'Available',
        mutability: 'ReadOnly',
        dataType: 'OptionList',
      },
    ]),
  ];
}
