import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ChargerFiles, FileRefusal, Log } from '@roambridge/core';

/** Path of our one-time URLs; chargers that upload may add a name of their own. */
const PATH = /^\/files\/([A-Za-z0-9_-]{43})(?:\/([^/?]{0,255}))?(?:\?.*)?$/;

/** A transfer on which nothing moves for so long is given up. */
const STALLED_MS = 60_000;

const STATUS = { gone: 404, busy: 409, 'too-large': 413, 'no-room': 507 } satisfies Record<
  FileRefusal,
  number
>;

type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Serves the files of chargers; the returned handler is false for requests that are none of its business. */
export function createFileEndpoint({ files, log }: { files: ChargerFiles; log: Log }): Handler {
  async function download(token: string, response: ServerResponse): Promise<void> {
    const file = await files.download(token);
    if (typeof file === 'string') {
      end(response, STATUS[file]);
      return;
    }
    let whole = false;
    try {
      response.writeHead(200, headersOf(file));
      await pipeline(file.content, response);
      whole = true;
    } finally {
      await file.ended(whole);
    }
  }

  async function upload(
    token: string,
    name: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const announced = Number(request.headers['content-length']);
    const outcome = await files.upload(token, {
      ...(name === undefined ? {} : { name }),
      ...(Number.isSafeInteger(announced) ? { sizeBytes: announced } : {}),
      content: request,
    });
    end(response, outcome === 'stored' ? 201 : STATUS[outcome]);
  }

  async function serve(
    token: string,
    name: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    switch (request.method) {
      case 'HEAD': {
        const file = await files.look(token);
        if (file) response.writeHead(200, headersOf(file)).end();
        else end(response, 404);
        return;
      }
      case 'GET':
        return download(token, response);
      case 'PUT':
      case 'POST':
        return upload(token, name, request, response);
      default:
        response.setHeader('Allow', 'GET, HEAD, PUT, POST');
        end(response, 405);
    }
  }

  return (request, response) => {
    const [, token, name] = PATH.exec(request.url ?? '') ?? [];
    if (token === undefined) return false;
    request.setTimeout(STALLED_MS, () => request.destroy());
    serve(token, decoded(name), request, response).catch((error: unknown) => {
      log.info({ err: error }, 'transfer of a file broke off');
      if (response.headersSent) response.destroy();
      else end(response, 500);
    });
    return true;
  };
}

function headersOf({
  name,
  sizeBytes,
}: {
  name: string;
  sizeBytes: number;
}): Record<string, string | number> {
  return {
    'Content-Type': 'application/octet-stream',
    'Content-Length': sizeBytes,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Cache-Control': 'no-store',
  };
}

/** What was not read of the request is not waited for. */
function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close', 'Content-Length': 0 }).end();
}

function decoded(name: string | undefined): string | undefined {
  if (name === undefined || name === '') return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
