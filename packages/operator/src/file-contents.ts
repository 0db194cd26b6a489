import { pipeline } from 'node:stream/promises';
import type { OperatorEdge } from '@roambridge/core';
import { type Router as ExpressRouter, Router } from 'express';
import { z } from 'zod';
import type { AuditTrail } from './auth/audit-trail.js';
import type { RoleCheck } from './auth/principal.js';
import { fileId, unknownFile } from './routes/files.js';
import { invalid, Problem } from './routing/problem.js';
import { viewFile } from './views/job.js';

export const fileName = z.object({ name: z.string().min(1).max(255) });

/** The bytes of files: they are streams, so they pass beside the JSON routes. */
export function fileContents({
  edge,
  check,
  trail,
}: {
  edge: OperatorEdge;
  check: RoleCheck;
  trail: AuditTrail;
}): ExpressRouter {
  const router = Router();
  router.post('/files', async (request, response) => {
    const { file } = await trail(request, response, 'Send a file', async () => {
      check(request, response, 'admin');
      const query = fileName.safeParse(request.query, { reportInput: true });
      if (!query.success) throw invalid(query.error, 'query');
      if (!request.is('application/octet-stream')) {
        throw new Problem('not-json', 'Send the file as application/octet-stream.');
      }
      const file = await edge.takeFile(query.data.name, request);
      return { status: 201, outcome: file.id, file };
    });
    response.status(201).set('cache-control', 'no-store').json(viewFile(file));
  });
  router.get('/files/:id/content', async (request, response) => {
    check(request, response, 'field');
    const { id } = request.params;
    const found = fileId.safeParse(id).success ? await edge.fileContent(id) : undefined;
    if (!found) throw unknownFile(id);
    response.status(200).set({
      'cache-control': 'no-store',
      'content-type': 'application/octet-stream',
      'content-length': String(found.file.sizeBytes),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.file.name)}`,
    });
    await pipeline(found.content, response);
  });
  return router;
}
