import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { eventQuery } from './events/stream.js';
import { fileName } from './file-contents.js';
import { fileId } from './routes/files.js';
import { PROBLEMS, type ProblemKind } from './routing/problem.js';
import { noBody, type Route } from './routing/route.js';
import { fileView } from './views/job.js';

const problemSchema = z
  .object({
    type: z.enum(Object.keys(PROBLEMS).map((kind) => `urn:roambridge:problem:${kind}`)),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().describe('JSON pointer to the member at fault'),
          detail: z.string(),
          in: z.enum(['query', 'path']).optional().describe('Absent = in the body'),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });

/** Problems that every route may answer with. */
const ALWAYS: ProblemKind[] = ['unauthorized', 'forbidden', 'too-many-failures'];
const WITH_BODY: ProblemKind[] = ['malformed-request', 'too-large', 'not-json'];

/** OpenAPI 3.1 document of the operator API, from the table that is mounted. */
export function openApiDocument(routes: Route[]): Record<string, unknown> {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  paths['/events'] = { get: eventOperation() };
  paths['/sign-out'] = { post: signOutOperation() };
  paths['/files'] = { ...paths['/files'], post: takeFileOperation() };
  paths['/files/{id}/content'] = { get: fileContentOperation() };
  return {
    ...createDocument({
      openapi: '3.1.0',
      info: {
        title: 'Roambridge operator API',
        version: '1',
        description: 'Stations, static data, partners and the live state of a Roambridge gateway.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/api/v1' }],
      security: [{ token: [] }, { console: [] }],
      paths,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          console: {
            type: 'apiKey',
            in: 'cookie',
            name: 'roambridge_console',
            description: 'A request that changes something also needs the header X-Roambridge-Console: 1.',
          },
        },
      },
    }),
  };
}

function operation(route: Route): ZodOpenApiOperationObject {
  const hasBody = route.body !== noBody;
  return {
    operationId: `${route.method}${route.path.replaceAll(/[{}]/g, '').replaceAll(/[/_-]+(\w)/g, (_match, letter: string) => letter.toUpperCase())}`,
    tags: [route.tag],
    summary: route.summary,
    description: `Role: ${route.role}.`,
    requestParams: { path: route.params, query: route.query },
    ...(hasBody ? { requestBody: { content: { 'application/json': { schema: route.body } } } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, schema]) => [
          status,
          {
            description: STATUS_TEXTS[status] ?? 'Done',
            ...(schema ? { content: { 'application/json': { schema } } } : {}),
          },
        ]),
      ),
      ...problemResponses([...ALWAYS, ...(hasBody ? WITH_BODY : []), ...route.problems]),
    },
  };
}

const STATUS_TEXTS: Record<string, string> = { 200: 'Done', 201: 'Created', 204: 'Done, nothing to tell' };

function eventOperation(): ZodOpenApiOperationObject {
  return {
    operationId: 'getEvents',
    tags: ['events'],
    summary: 'Live feed (server-sent events)',
    description:
      'Role: viewer. `id` is `<epoch>-<n>`, `event` the topic, `data` JSON `{at, station_id?, data}`. The header Last-Event-ID resumes, except for frames: those that were missed are in the journal of their station. An event `reset` says that resuming is not possible and the state must be read again.',
    requestParams: { query: eventQuery },
    responses: {
      200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
      ...problemResponses([...ALWAYS, 'invalid-request', 'unavailable']),
    },
  };
}

function signOutOperation(): ZodOpenApiOperationObject {
  return {
    operationId: 'postSignOut',
    tags: ['access'],
    summary: 'Sign out of the console',
    description:
      'Role: viewer. Ends the console session of the caller with its event streams, also after a restart, and takes the cookie away. The operator token is no session: 409.',
    responses: {
      204: { description: STATUS_TEXTS[204] ?? 'Done' },
      ...problemResponses([...ALWAYS, 'conflict']),
    },
  };
}

const BYTES = { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } };

function takeFileOperation(): ZodOpenApiOperationObject {
  return {
    operationId: 'postFiles',
    tags: ['files'],
    summary: 'Send a file, e.g. firmware',
    description: 'Role: admin.',
    requestParams: { query: fileName },
    requestBody: { content: BYTES },
    responses: {
      201: { description: 'Created', content: { 'application/json': { schema: fileView } } },
      ...problemResponses([...ALWAYS, 'not-json', 'invalid-request']),
    },
  };
}

function fileContentOperation(): ZodOpenApiOperationObject {
  return {
    operationId: 'getFilesIdContent',
    tags: ['files'],
    summary: 'The content of a file',
    description: 'Role: field.',
    requestParams: { path: z.object({ id: fileId }) },
    responses: {
      200: { description: 'The file', content: BYTES },
      ...problemResponses([...ALWAYS, 'not-found']),
    },
  };
}

function problemResponses(kinds: ProblemKind[]) {
  return Object.fromEntries(
    kinds.map((kind) => [
      PROBLEMS[kind].status,
      {
        description: PROBLEMS[kind].title,
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
