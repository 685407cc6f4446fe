/** The nine columns as a plain object, of what has more: an entity, or a row with the total beside it. */
export const sessionRow = ({
  id,
  tenant,
  name,
  status,
  access_key,
  requested_slots,
  created_at,
  updated_at,
  deleted_at,
}) => ({ id, tenant, name, status, access_key, requested_slots, created_at, updated_at, deleted_at });
