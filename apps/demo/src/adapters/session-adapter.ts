import { scalingGroupName, type SessionId, sessionId, userId } from '@holdfast/domain-types';
import type { BatchQuerier, QueryCondition } from '@holdfast/querier';
import { sessionFields, sessionName, type SessionRow, type SessionStatus } from '@holdfast/session-repository';
import type { z } from 'zod';
import { checkedBody } from '../http/checked-body.js';
import type { SessionChange, SessionRequest } from '../services/session-request.js';
import { batchTarget } from './batch-target.js';
import {
  sessionBatch,
  sessionBatchUpdate,
  sessionCreation,
  sessionsCreation,
  sessionStatusUpdate,
  sessionUpdate,
} from './session-bodies.js';
import { requestedSlots } from './slot-amounts.js';

// From what a request says to what the service takes. Each function throws `InvalidInput` for what makes no sense.

export function sessionSearch(parameters: URLSearchParams): BatchQuerier<SessionRow> {
  return sessionFields.parseSearch(parameters);
}

export function sessionSearchBody(body: unknown): BatchQuerier<SessionRow> {
  return sessionFields.parseSearchBody(body);
}

export function sessionRequest(body: unknown): SessionRequest {
  return requestOf(checkedBody(sessionCreation, body), '');
}

export function sessionRequests(body: unknown): readonly SessionRequest[] {
  return checkedBody(sessionsCreation, body).sessions.map((one, index) => requestOf(one, `/sessions/${index}`));
}

export function sessionChange(body: unknown): SessionChange {
  return checkedBody(sessionUpdate, body);
}

export function sessionStatus(body: unknown): SessionStatus {
  return checkedBody(sessionStatusUpdate, body).status;
}

export type SessionTarget = readonly SessionId[] | QueryCondition<SessionRow>;

export function sessionBatchTarget(body: unknown): SessionTarget {
  return batchTarget(checkedBody(sessionBatch, body), sessionFields, sessionId);
}

export function sessionBatchChange(body: unknown): { readonly target: SessionTarget; readonly change: SessionChange } {
  const { change, ...target } = checkedBody(sessionBatchUpdate, body);
  return { target: batchTarget(target, sessionFields, sessionId), change };
}

function requestOf(body: z.infer<typeof sessionCreation>, pointer: string): SessionRequest {
  return {
    ...body,
    name: sessionName(body.name, `${pointer}/name`),
    requestedSlots: requestedSlots(body.requestedSlots, `${pointer}/requestedSlots`),
    scalingGroupName:
      body.scalingGroupName === undefined
        ? null
        : scalingGroupName(body.scalingGroupName, `${pointer}/scalingGroupName`),
    ownerId: body.ownerId === undefined ? null : userId(body.ownerId, `${pointer}/ownerId`),
  };
}
