import type { ExpectedVariable } from '@roambridge/core';
import { z } from 'zod';
import { expectationView } from '../schemas/configuration.js';
import { given, isoTime } from './times.js';

export const deviceVariableView = z
  .object({
    component: z.object({
      name: z.string(),
      instance: z.string().optional(),
      evse_id: z.int().optional(),
      connector_id: z.int().optional(),
    }),
    variable: z.object({ name: z.string(), instance: z.string().optional() }),
    attributes: z.array(
      z.object({
        type: z.enum(['Actual', 'Target', 'MinSet', 'MaxSet']),
        value: z.string().optional().describe('Absent: it has none, or does not show it'),
        mutability: z.enum(['ReadOnly', 'WriteOnly', 'ReadWrite']).optional(),
        persistent: z.boolean().optional(),
        constant: z.boolean().optional(),
        told_at: z.string(),
      }),
    ),
    characteristics: z
      .object({
        data_type: z.string().optional(),
        unit: z.string().optional(),
        min_limit: z.number().optional(),
        max_limit: z.number().optional(),
        values_list: z.string().optional(),
        supports_monitoring: z.boolean().optional(),
      })
      .optional(),
    expectation: expectationView.optional().describe('What is wanted of its actual value'),
  })
  .meta({ id: 'DeviceVariable' });

export function viewDeviceVariable({
  component,
  variable,
  attributes,
  characteristics,
  expectation,
}: ExpectedVariable): z.output<typeof deviceVariableView> {
  return {
    component: {
      name: component.name,
      ...given('instance', component.instance),
      ...given('evse_id', component.evseId),
      ...given('connector_id', component.connectorId),
    },
    variable,
    attributes: attributes.map(({ at, ...attribute }) => ({ ...attribute, told_at: isoTime(at) })),
    ...(characteristics === undefined
      ? {}
      : {
          characteristics: {
            ...given('data_type', characteristics.dataType),
            ...given('unit', characteristics.unit),
            ...given('min_limit', characteristics.minLimit),
            ...given('max_limit', characteristics.maxLimit),
            ...given('values_list', characteristics.valuesList),
            ...given('supports_monitoring', characteristics.supportsMonitoring),
          },
        }),
    ...given('expectation', expectation),
  };
}
