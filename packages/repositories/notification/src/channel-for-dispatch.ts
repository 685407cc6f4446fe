import { type ReadSpec, readSpec, type RowSelection, withinScope } from '@holdfast/base';
import { compileScope, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import { joinedColumns } from './joined-columns.js';
import type { NotificationChannelForDispatch } from './notification-channel-for-dispatch.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import { NotificationChannelNotFound } from './notification-channel-not-found.js';
import { NotificationChannelRow, toNotificationChannelInfo } from './notification-channel-row.js';
import { NotificationChannelSecretRow } from './notification-channel-secret-row.js';
import { SECRET_NAMES, type SecretName } from './notification-channel-secrets.js';
import { revealedSecrets } from './sealed-secrets.js';

interface JoinedRow {
  readonly channel: NotificationChannelRow;
  readonly sealed: Readonly<Record<SecretName, string | null>>;
}

/** A channel with its secrets, in one statement: all that ever reads them. */
export function channelForDispatch(
  keys: SecretKeys,
  scope: Scope<NotificationChannelRow>,
  id: NotificationChannelId,
  { includeDeleted = false }: RowSelection = {},
): ReadSpec<NotificationChannelForDispatch> {
  const spec = readSpec('getChannelForDispatch', (catalog) => {
    const channels = catalog.mappingOf(NotificationChannelRow);
    const secrets = catalog.mappingOf(NotificationChannelSecretRow);
    const writer = new SqlWriter();
    const key = writer.element(channels.key.type, id, '/id');
    const inScope = compileScope(ownRows(channels, 'c'), scope, writer);
    const live = includeDeleted ? '' : ' AND c.deleted_at IS NULL';
    const sealed = SECRET_NAMES.map((name) => secrets.column(name));
    const columns = [...joinedColumns('channel', 'c', channels.selected), ...joinedColumns('sealed', 's', sealed)];
    const sql =
      `SELECT ${columns.map((column) => column.sql).join(', ')} FROM ${channels.table} c` +
      ` LEFT JOIN ${secrets.table} s ON s.channel_id = c.id WHERE c.id = ${key} AND ${inScope}${live}`;
    return {
      statement: channels.returning(sql, { columns, extra: [], keys: [], leads: 0 }),
      values: writer.values,
      finish({ rows: [row] }) {
        if (row === undefined) throw new NotificationChannelNotFound(id);
        const { channel, sealed } = row as JoinedRow;
        return freeze({
          channel: toNotificationChannelInfo(channel),
          secrets: revealedSecrets(channel.id, sealed, keys),
        });
      },
    };
  });
  return withinScope({}, scope, spec, { relations: false });
}
