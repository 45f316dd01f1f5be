-- Write a job's row and append it to its person's line in the lane, once per key.
-- KEYS: key, row, lanes of the queue, wake flag, queues, then a count a quota
-- ARGV: id, job, content, skill, lane, queue, seconds to keep the key, seconds a wake-up may take,
--       prefix, person, then limit, cost and window in seconds of each quota
-- Returns {1, id, wake}: wake = 1 when the caller must send a wake-up; {0, id, 0} when the act is
-- known; {2, number of the quota that is used up, seconds until it begins anew}.
--
-- A lane is a ring of persons (a list), each with a line of jobs (a list): claim goes round the
-- ring, so that one person's five hundred files do not stand before another's single one.
local existing = redis.call('GET', KEYS[1])
if existing then
  return {0, existing, 0}
end
for i = 6, #KEYS do
  local limit = tonumber(ARGV[11 + (i - 6) * 3])
  if tonumber(redis.call('GET', KEYS[i]) or 0) >= limit then
    return {2, i - 6, redis.call('TTL', KEYS[i])}
  end
end
for i = 6, #KEYS do
  local cost, window = tonumber(ARGV[12 + (i - 6) * 3]), ARGV[13 + (i - 6) * 3]
  if cost > 0 and redis.call('INCRBY', KEYS[i], cost) == cost then
    redis.call('EXPIRE', KEYS[i], window)
  end
end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[7])
redis.call('HSET', KEYS[2], 'job', ARGV[2], 'content', ARGV[3], 'skill', ARGV[4], 'lane', ARGV[5],
  'queue', ARGV[6], 'person', ARGV[10], 'state', 'waiting', 'attempts', 0, 'fence', 0,
  'queued', now)
local lane = ARGV[6] .. ':' .. ARGV[5]
if redis.call('RPUSH', ARGV[9] .. 'line:' .. lane .. ':' .. ARGV[10], ARGV[1]) == 1 then
  redis.call('RPUSH', ARGV[9] .. 'ring:' .. lane, ARGV[10])
end
redis.call('ZADD', KEYS[3], 'NX', now, ARGV[5])
redis.call('SADD', KEYS[5], ARGV[6])
local wake = redis.call('SET', KEYS[4], 1, 'NX', 'EX', ARGV[8])
return {1, ARGV[1], wake and 1 or 0}
