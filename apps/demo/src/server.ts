import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { channelAdapter, ruleAdapter } from './adapters/notification-adapter.js';
import { httpFrame } from './http/http-frame.js';
import { authenticate } from './http/principal-of.js';
import type { Readiness } from './readiness.js';
import { agentRoutes } from './routes/agent-routes.js';
import { healthRoutes } from './routes/health-routes.js';
import { kernelRoutes } from './routes/kernel-routes.js';
import { metricsRoutes } from './routes/metrics-routes.js';
import { notificationRoutes } from './routes/notification-routes.js';
import { scheduleRoutes } from './routes/schedule-routes.js';
import { sessionRoutes } from './routes/session-routes.js';
import type { AgentService } from './services/agent-service.js';
import type { KernelService } from './services/kernel-service.js';
import type { ChannelService, RuleService } from './services/notification-service.js';
import type { ScheduleService } from './services/schedule-service.js';
import type { SessionService } from './services/session-service.js';
import type { Principal } from './tenants/principal.js';

export interface ServerParts {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly sessions: SessionService;
  readonly kernels: KernelService;
  readonly agents: AgentService;
  readonly schedule: ScheduleService;
  readonly channels: ChannelService;
  readonly rules: RuleService;
  readonly registry: Registry;
  readonly readiness: Readiness;
  /** Is told each failure that a client hears nothing about. */
  readonly report: (error: unknown) => void;
}

/** A route as it is registered, e.g. `GET` and `/sessions/:id`. */
export interface RegisteredRoute {
  readonly method: string;
  readonly url: string;
}

/** The HTTP server, which does not listen yet, and a list that holds all of its routes once it is ready. */
export function buildServer(parts: ServerParts): {
  readonly server: FastifyInstance;
  readonly routes: readonly RegisteredRoute[];
} {
  const server = httpFrame(parts.report);
  const routes: RegisteredRoute[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((one) => ({ method: one, url })));
  });

  server.register(async (open) => {
    healthRoutes(open, parts.readiness);
    metricsRoutes(open, parts.registry);
  });
  server.register(async (closed) => {
    authenticate(closed, parts.principals);
    sessionRoutes(closed, parts.sessions);
    kernelRoutes(closed, parts.kernels);
    agentRoutes(closed, parts.agents);
    scheduleRoutes(closed, parts.schedule);
    notificationRoutes(closed, '/notification-channels', parts.channels, channelAdapter);
    notificationRoutes(closed, '/notification-rules', parts.rules, ruleAdapter);
  });
  return { server, routes };
}
