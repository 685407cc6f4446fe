/** The bins of 30 days. */
export const BINS = 2_880;
const BIN_SECONDS = 900;

/** The bins that are begun by a moment, as SQL: rounded down or up. */
const bins = (round: 'floor' | 'ceil', moment: string): string =>
  `${round}(extract(epoch FROM ${moment} - s.start) / ${BIN_SECONDS})`;

/**
 * The statement of monthly statistics. `users` is a SELECT of the ids that are asked for, and `end` the moment up to which.
 * A kernel holds its slots from when it was scheduled until each is freed, or it ends; what does not end, or ends later,
 * until now. What it adds to the bins is written down as two steps, where it begins and behind where it ends, so that each
 * bin is what the steps before it come to. Sessions are where any of their kernels is. 720 hours, because 30 days are
 * something else to PostgreSQL where the clock is changed.
 */
export function statisticsSql(users: string, end: string, onlyIfFound: boolean): string {
  return `
WITH span AS (SELECT at - interval '720 hours' AS start, at AS beyond FROM (SELECT ${end} AS at) e),
asked AS (${users}),
counted AS (
  SELECT k.* FROM asked a CROSS JOIN LATERAL (
    SELECT * FROM kernels
    WHERE user_uuid = a.id AND terminated_at > ${end} - interval '720 hours'
    UNION ALL
    SELECT * FROM kernels WHERE user_uuid = a.id AND terminated_at IS NULL AND status NOT IN ('TERMINATED', 'CANCELLED')
  ) k
  WHERE scheduled_at < least(${end}, now())
),
reaching AS (
  SELECT k.id, k.session_id, k.scheduled_at, k.terminated_at,
    greatest(${bins('floor', 'k.scheduled_at')}, 0)::int AS first,
    least(${bins('ceil', 'least(k.terminated_at, f.at, now())')}, ${BINS})::int AS past
  FROM counted k CROSS JOIN span s CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_and(freed_at IS NOT NULL) THEN max(freed_at) END AS at
    FROM resource_allocations WHERE kernel_id = k.id) f
  WHERE least(k.terminated_at, f.at, now()) > k.scheduled_at
),
running AS MATERIALIZED (SELECT * FROM reaching WHERE first < past),
holding AS (
  SELECT k.first, least(${bins('ceil', 'least(k.terminated_at, r.freed_at, now())')}, ${BINS})::int AS past,
    r.slot_name AS slot, coalesce(r.used, r.requested) AS amount
  FROM running k JOIN resource_allocations r ON r.kernel_id = k.id CROSS JOIN span s
  WHERE least(k.terminated_at, r.freed_at, now()) > k.scheduled_at
),
held AS MATERIALIZED (SELECT * FROM holding WHERE first < past),
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
