import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../src/openapi.js';
import { routeTable } from '../src/routes/table.js';
import { startApi, type TestApi } from './support/api.js';
import { createMemoryEdge } from './support/memory-edge.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

// biome-ignore lint/suspicious/noExplicitAny: a document of any depth is walked
function references(value: any): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' && typeof member === 'string' ? [member] : references(member),
  );
}

describe('OpenAPI document', () => {
  test('it is OpenAPI 3.1 and holds every route that is mounted', async () => {
    const { status, body } = await api.call('GET', '/openapi.json', undefined, null);
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    const routes = routeTable({ edge: createMemoryEdge(), consoleUrl: () => 'http://x' });
    for (const { method, path } of routes) expect(body.paths[path][method]).toBeDefined();
    expect(body.paths['/events'].get).toBeDefined();
    expect(Object.keys(body.paths['/sign-out'].post.responses)).toEqual(
      expect.arrayContaining(['204', '409']),
    );
  });

  test('every reference resolves, operation ids are unique, path parameters are described', () => {
    const routes = routeTable({ edge: createMemoryEdge(), consoleUrl: () => 'http://x' });
    // biome-ignore lint/suspicious/noExplicitAny: a document of any depth is walked
    const document: any = openApiDocument(routes);
    const found = references(document);
    expect(found.length).toBeGreaterThan(20);
    for (const reference of found) {
      const target = reference
        .replace('#/', '')
        .split('/')
        .reduce((value, name) => value?.[name], document);
      expect({ reference, found: target !== undefined }).toEqual({ reference, found: true });
    }
    const ids = routes.map(({ method, path }) => document.paths[path][method].operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { method, path } of routes) {
      const inPath =
        document.paths[path][method].parameters?.filter((p: { in: string }) => p.in === 'path') ?? [];
      expect(inPath.map(({ name }: { name: string }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
    expect(document.components.schemas.Location.properties.evses).toBeDefined();
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
  });
});
