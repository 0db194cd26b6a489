import type { Log, OperatorEdge } from '@roambridge/core';
import type { Request, Response } from 'express';
import { problemOf } from '../routing/answer-problem.js';
import { PROBLEMS } from '../routing/problem.js';
import type { Reply } from '../routing/route.js';
import type { RoleCheck } from './principal.js';

/** Longest part of a path that is kept. */
const MAX_PATH_CHARS = 300;

/** Carries something out for a caller and notes it, done or refused, before the caller hears of it. */
export type AuditTrail = <T extends Pick<Reply, 'status' | 'outcome'>>(
  request: Request,
  response: Response,
  /** What is done, in words. */
  action: string,
  act: () => Promise<T>,
) => Promise<T>;

/** Strangers leave no entry, so that they cannot fill the log; who lacks the role does. */
export function createAuditTrail(options: { edge: OperatorEdge; check: RoleCheck; log: Log }): AuditTrail {
  const { edge, check, log } = options;
  return async (request, response, action, act) => {
    const { role, name: actor } = check(request, response, 'viewer').principal;
    const note = (status: number, outcome: string | undefined) =>
      edge
        .noteAction({
          actor,
          role,
          address: addressOf(request),
          action,
          method: request.method,
          path: request.path.slice(0, MAX_PATH_CHARS),
          status,
          outcome: outcome ?? null,
        })
        .catch((error: unknown) => log.error({ err: error, action }, 'action not noted in the audit log'));
    try {
      const reply = await act();
      await note(reply.status, reply.outcome);
      return reply;
    } catch (error) {
      const kind = problemOf(error)?.kind ?? 'internal';
      await note(PROBLEMS[kind].status, kind);
      throw error;
    }
  };
}

/** Where a request comes from; IPv4 in its usual spelling. */
export function addressOf(request: Request): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
