import type { VariableView } from '../../api/station-views.js';
import { CONFIGURATION_TEXTS as T } from '../../texts/configuration.js';
import { TEXTS } from '../../texts.js';
import type { Row } from './value-row.js';

/** Longest value of SetVariables. */
const VALUE_MAX = 1_000;
const LISTS: ReadonlySet<string | undefined> = new Set(['OptionList', 'SequenceList', 'MemberList']);

/** `Connector wallbox, EVSE 1`. */
export function componentName({ component }: VariableView): string {
  const { name, instance, evse_id, connector_id } = component;
  const place = [
    evse_id === undefined ? '' : TEXTS.evse(evse_id),
    connector_id === undefined ? '' : TEXTS.connector(connector_id),
  ];
  return [[name, instance].filter(Boolean).join(' '), ...place].filter(Boolean).join(', ');
}

/** How a variable is shown: its actual value, and what limits it. */
export function rowOf({ variable, attributes, characteristics, expectation }: VariableView): Row {
  const actual = attributes.find(({ type }) => type === 'Actual') ?? attributes[0];
  const { data_type, unit, min_limit, max_limit, values_list } = characteristics ?? {};
  const others = attributes
    .filter((attribute) => attribute !== actual && attribute.value !== undefined)
    .map(({ type, value }) => `${type} ${value}`);
  const words = data_type === 'boolean' ? 'true,false' : data_type === 'OptionList' ? values_list : undefined;
  const isFixed = actual?.mutability === 'ReadOnly' || actual?.constant === true;
  return {
    name: [variable.name, variable.instance].filter(Boolean).join(' '),
    value: actual?.value,
    unit,
    marks: [
      ...(isFixed ? [T.readOnly] : []),
      ...(actual?.mutability === 'WriteOnly' ? [T.writeOnly] : []),
      ...others,
      ...(LISTS.has(data_type) && values_list !== undefined ? [values_list] : []),
      ...(min_limit === undefined && max_limit === undefined ? [] : [T.limits(min_limit, max_limit)]),
    ],
    toldAt: actual?.told_at,
    expectation,
    ...(isFixed
      ? {}
      : {
          kind: {
            ...(words === undefined ? {} : { words: words.split(',').map((word) => word.trim()) }),
            number: data_type === 'integer' || data_type === 'decimal',
            min: min_limit,
            max: max_limit,
            maxLength: VALUE_MAX,
          },
        }),
  };
}

/** The SetVariables that gives a variable another actual value. */
export function setCall({ component, variable }: VariableView, attributeValue: string): object {
  const { name, instance, evse_id, connector_id } = component;
  const evse =
    evse_id === undefined
      ? {}
      : { evse: { id: evse_id, ...(connector_id === undefined ? {} : { connectorId: connector_id }) } };
  return {
    setVariableData: [
      {
        attributeValue,
        component: { name, ...(instance === undefined ? {} : { instance }), ...evse },
        variable,
      },
    ],
  };
}
