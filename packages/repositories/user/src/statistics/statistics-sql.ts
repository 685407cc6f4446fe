/** The bins of 30 days. */
export const BINS = 2_880;
const BIN_SECONDS = 900;

/**
 * The statement of monthly statistics. `users` is a SELECT of the ids that are asked for, and `end` the moment up to which.
 * What a kernel adds to the bins is written down as two steps, where it begins and behind where it ends, so that each bin
 * is what the steps before it come to; what is not over, or is to be later, has run until now. Sessions are where any of
 * their kernels is. 720 hours, because 30 days are something
 * else to PostgreSQL where the clock is changed.
 */
export function statisticsSql(users: string, end: string, onlyIfFound: boolean): string {
  return `
WITH span AS (SELECT at - interval '720 hours' AS start, at AS beyond FROM (SELECT ${end} AS at) e),
asked AS (${users}),
counted AS (
  SELECT k.* FROM asked a CROSS JOIN LATERAL (
    SELECT * FROM kernels
    WHERE user_uuid = a.id AND terminated_at > ${end} - interval '720 hours' AND terminated_at >= created_at
    UNION ALL
    SELECT * FROM kernels WHERE user_uuid = a.id AND terminated_at IS NULL AND status <> 'TERMINATED'
  ) k
),
reaching AS (
  SELECT k.id, k.session_id,
    greatest(floor(extract(epoch FROM k.created_at - s.start) / ${BIN_SECONDS}), 0)::int AS first,
    least(ceil(extract(epoch FROM least(k.terminated_at, now()) - s.start) / ${BIN_SECONDS}), ${BINS})::int AS past
  FROM counted k CROSS JOIN span s
  WHERE k.created_at < least(s.beyond, now()) AND k.status NOT IN ('PENDING', 'CANCELLED')
),
running AS MATERIALIZED (SELECT * FROM reaching WHERE first < past),
held AS MATERIALIZED (
  SELECT first, past, r.slot_name AS slot, coalesce(r.used, r.requested) AS amount
  FROM running JOIN resource_allocations r ON r.kernel_id = running.id
),
together AS (
  SELECT unnest(range_agg(int4range(first, past))) AS bins FROM running GROUP BY session_id
),
steps AS (
  SELECT bin, sum(kernels) AS kernels, sum(sessions) AS sessions FROM (
    SELECT first, 1, 0 FROM running UNION ALL SELECT past, -1, 0 FROM running
    UNION ALL SELECT lower(bins), 0, 1 FROM together UNION ALL SELECT upper(bins), 0, -1 FROM together
  ) s (bin, kernels, sessions) GROUP BY bin
),
slot_steps AS (
  SELECT bin, slot, sum(amount) AS amount FROM (
    SELECT first, slot, amount FROM held UNION ALL SELECT past, slot, -amount FROM held
  ) s (bin, slot, amount) GROUP BY bin, slot
),
slot_levels AS (
  SELECT b.bin, n.slot, sum(coalesce(s.amount, 0)) OVER (PARTITION BY n.slot ORDER BY b.bin) AS amount
  FROM generate_series(0, ${BINS - 1}) AS b (bin) CROSS JOIN (SELECT DISTINCT slot FROM slot_steps) n
  LEFT JOIN slot_steps s ON s.bin = b.bin AND s.slot = n.slot
),
allocations AS (
  SELECT bin, jsonb_object_agg(slot, trim_scale(amount)::text) AS allocated FROM slot_levels
  WHERE amount <> 0 GROUP BY bin
)
SELECT (SELECT beyond FROM span) AS beyond,
  sum(coalesce(s.sessions, 0)) OVER (ORDER BY b.bin)::int AS sessions,
  sum(coalesce(s.kernels, 0)) OVER (ORDER BY b.bin)::int AS kernels,
  coalesce(a.allocated, '{}') AS allocated
FROM generate_series(0, ${BINS - 1}) AS b (bin) LEFT JOIN steps s USING (bin) LEFT JOIN allocations a USING (bin)
${onlyIfFound ? 'WHERE EXISTS (SELECT FROM asked)' : ''}
ORDER BY b.bin`;
}
