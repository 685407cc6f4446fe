import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { Registry } from 'prom-client';
import { announcement } from './announcement.js';
import { ClosingStack } from './closing-stack.js';
import type { Configuration } from './configuration.js';
import { DatabaseResilience } from './database-resilience.js';
import { embeddedDatabase } from './embedded-database.js';
import { fillCluster } from './fill-cluster.js';
import { HOST } from './host.js';
import { closeServer } from './http/close-server.js';
import { Progress } from './import/progress.js';
import { EmailSender } from './notifications/email-sender.js';
import type { EmailTransport } from './notifications/email-transport.js';
import { passingSecretKeys } from './notifications/notification-configuration.js';
import { notificationCounter } from './notifications/notification-counter.js';
import { NotificationDispatcher } from './notifications/notification-dispatcher.js';
import { WebhookSender } from './notifications/webhook-sender.js';
import { openDatabase } from './open-database.js';
import { portIsFree } from './port-is-free.js';
import { Readiness } from './readiness.js';
import { createRepositories } from './repositories.js';
import { buildServer, type RegisteredRoute } from './server.js';
import { AgentService } from './services/agent-service.js';
import { KernelService } from './services/kernel-service.js';
import { NotificationService } from './services/notification-service.js';
import { ScheduleService } from './services/schedule-service.js';
import { SessionService } from './services/session-service.js';
import { rowLevelSecurityNotice } from './row-level-security-notice.js';
import { StartUpFailure } from './start-up-failure.js';
import { startingCluster } from './starting-cluster.js';
import { openbTenants } from './tenants/openb-tenants.js';
import { principalsOf } from './tenants/principals-of.js';
import { storeTenants } from './tenants/store-tenants.js';
import { syntheticTenants } from './tenants/synthetic-tenants.js';
import { tenantsInUse } from './tenants/tenants-in-use.js';
import type { TextOutput } from './text-output.js';
import { untilAborted } from './until-aborted.js';

/** Where an application tells how it goes, and is told to end. */
export interface Surroundings {
  /** For what its user is meant to read. */
  readonly output: TextOutput;
  /** For what goes wrong, and for how far something is. */
  readonly errors: TextOutput;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  /** What sends the mails of notification channels. Default: SMTP. */
  readonly emails?: EmailTransport;
}

/** A demo that is up. */
export interface Application {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  readonly routes: readonly RegisteredRoute[];
  /**
   * Takes no more requests, finishes those under way, and ends the database: all within ten seconds or so. Throws
   * `ShutDownFailure` if the database does not answer.
   */
  stop(): Promise<void>;
}

/** How long requests and the database may take to end. */
const PATIENCE_MS = 10_000;
/** The same for a start that is broken off: nothing in it is worth waiting for. */
const START_PATIENCE_MS = 2_000;
/** The name of the database in metrics. */
const DATABASE = 'main';
const directories = [syntheticTenants, openbTenants];

/**
 * Starts the demo: the database, its tables, its data, the server. Returns null if `signal` ended the start.
 * Throws `StartUpFailure` for what its user can do something about. Nothing is left open then.
 */
export async function startApplication(
  configuration: Configuration,
  surroundings: Surroundings,
): Promise<Application | null> {
  const open = new ClosingStack();
  try {
    const application = await start(configuration, surroundings, open);
    if (surroundings.signal?.aborted !== true) return application;
  } catch (error) {
    await open.close(START_PATIENCE_MS).catch(() => undefined);
    if (surroundings.signal?.aborted === true) return null;
    throw error;
  }
  await open.close(START_PATIENCE_MS).catch(() => undefined);
  return null;
}

async function start(
  configuration: Configuration,
  { output, errors, signal, emails }: Surroundings,
  open: ClosingStack,
): Promise<Application> {
  const report = (line: string): void => void errors.write(`${line}\n`);
  const records = await untilAborted(startingCluster(configuration, report), signal);
  if (!(await portIsFree(configuration.port))) throw portTaken(configuration.port);

  const url = configuration.databaseUrl ?? (await embeddedDatabase(open));
  const database = await openDatabase(url, open, signal);

  const resilience = new DatabaseResilience(DATABASE);
  const { secretKeys, toPrivateAddresses } = configuration.notifications;
  const repositories = createRepositories(database, resilience, secretKeys ?? passingSecretKeys());
  await untilAborted(storeTenants(database, repositories, directories), signal);
  const progress = new Progress('Storing', records.agents.length + records.sessions.length, errors);
  const filling = fillCluster(database, repositories, records, (done) => {
    signal?.throwIfAborted();
    progress.show(done);
  });
  const filled = await untilAborted(filling, signal);
  if (!filled && configuration.trace !== null) {
    throw new StartUpFailure('The database holds sessions or agents already: --import needs an empty one.');
  }

  const registry = new Registry();
  const observer = new PrometheusObserver({
    register: registry,
    databases: { [DATABASE]: database },
    resiliences: resilience.stacks,
  });
  open.push(async () => observer.stop());
  const notifications = new NotificationDispatcher({
    ...repositories,
    webhooks: new WebhookSender({ toPrivateAddresses }),
    emails: emails ?? new EmailSender({ toPrivateAddresses }),
    report,
    count: notificationCounter(registry),
  });
  // After the server, whose last requests may have something to tell, and before the database.
  open.push((impatient) => notifications.close(impatient));
  const { server, routes } = buildServer({
    principals: principalsOf(directories),
    sessions: new SessionService(
      repositories.sessions,
      directories.flatMap(({ domains }) => domains),
      notifications,
    ),
    kernels: new KernelService(repositories.sessions),
    agents: new AgentService(repositories.agents),
    schedule: new ScheduleService(repositories.schedule),
    channels: new NotificationService(repositories.channels, ({ channels }) => channels),
    rules: new NotificationService(repositories.rules, ({ rules }) => rules),
    registry,
    readiness: new Readiness(database, resilience.ofReadiness()),
    report: (error) => report(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  open.push((impatient) => closeServer(server, impatient));
  const address = await server.listen({ host: HOST, port: configuration.port }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(configuration.port) : error;
  });
  const tenants = await untilAborted(tenantsInUse(repositories, directories), signal);
  const notice = await untilAborted(rowLevelSecurityNotice(database), signal);
  output.write(announcement(address, tenants, notice));
  return { address, routes, stop: () => open.close(PATIENCE_MS) };
}

function portTaken(port: number): StartUpFailure {
  return new StartUpFailure(`Port ${port} is taken: --port chooses another one.`);
}
