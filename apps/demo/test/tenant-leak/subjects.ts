import { MemoryCache } from '@holdfast/cache';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { type ExportedRepository, exportedRepositories, repositoryPackages } from './exported-repositories.js';
import { AuthorRow, BookRow, ShelfRow } from './library/library-rows.js';
import type { Subject } from './subject.js';
import { agentSubject } from './subjects/agent-subject.js';
import { domainSubject } from './subjects/domain-subject.js';
import { executionMetricSubject } from './subjects/execution-metric-subject.js';
import { executionSubject } from './subjects/execution-subject.js';
import { fairShareSubject, resourceUsageSubject } from './subjects/fair-share-subjects.js';
import { groupSubject } from './subjects/group-subject.js';
import { librarySubjects } from './subjects/library-subjects.js';
import { channelSubject, ruleSubject } from './subjects/notification-subjects.js';
import { scheduleSubject } from './subjects/schedule-subject.js';
import { keypairSubject } from './subjects/keypair-subject.js';
import { sessionSubject } from './subjects/session-subject.js';
import { secrets } from './subjects/settle-users.js';
import { stickyNoteSubject } from './subjects/sticky-note-subject.js';
import { userSubject } from './subjects/user-subject.js';

type Maker = (test: TestDatabase, repository: ExportedRepository, made: readonly Subject[]) => Subject;

/** How each exported repository is driven; a maker sees what was made before it. One that is missing here is a failure. */
const makers: Readonly<Record<string, Maker>> = {
  'agent/AgentRepository': agentSubject,
  'domain/DomainRepository': domainSubject,
  'group/GroupRepository': groupSubject,
  'session/SessionRepository': sessionSubject,
  'schedule/ScheduleRepository': scheduleSubject,
  // After the schedule, which settles all that is before it: rules bring their channels along.
  'notification/NotificationChannelRepository': channelSubject,
  'notification/NotificationRuleRepository': ruleSubject,
  'sticky-note/StickyNoteRepository': stickyNoteSubject,
  'fair-share/FairShareRepository': fairShareSubject,
  'fair-share/ResourceUsageRepository': resourceUsageSubject,
  'user/UserRepository': userSubject,
  'user/KeypairRepository': keypairSubject,
  'execution/ExecutionRepository': executionSubject,
  'execution/ExecutionMetricRepository': executionMetricSubject,
};

/** What this test knows how to drive. */
export const subjectNames: readonly string[] = [...Object.keys(makers), 'base/books', 'base/shelves', 'interop/books'];

export interface Subjects {
  readonly subjects: ReadonlyMap<string, Subject>;
  /** Repositories that nobody has thought about, and packages without any. */
  readonly unknown: readonly string[];
  close(): Promise<void>;
}

/** Everything that there is to drive, each on a database with its tables. */
export async function openSubjects(): Promise<Subjects> {
  const packages = await repositoryPackages();
  const test = await createTestDatabase({
    entities: packages.flatMap(({ entities }) => entities),
    migrations: packages.flatMap(({ migrations }) => migrations),
  });
  const library = await createTestDatabase({ entities: [BookRow, ShelfRow, AuthorRow] });
  // Who sees too much by a copy is found out, too.
  const cache = new MemoryCache();
  const exported = packages.flatMap((each) => exportedRepositories(each, { database: test.database, secrets, cache }));
  const empty = packages.filter(({ folder }) => !exported.some(({ name }) => name.startsWith(`${folder}/`)));
  const made: Subject[] = [];
  for (const [name, make] of Object.entries(makers)) {
    const repository = exported.find((each) => each.name === name);
    if (repository !== undefined) made.push(make(test, repository, [...made]));
  }
  const subjects = [...made, ...librarySubjects(library)];
  return {
    subjects: new Map(subjects.map((subject) => [subject.name, subject])),
    unknown: [
      ...exported.map(({ name }) => name).filter((name) => !Object.hasOwn(makers, name)),
      ...empty.map(({ folder }) => `${folder}/(no repository)`),
    ],
    async close() {
      await test.close();
      await library.close();
    },
  };
}
