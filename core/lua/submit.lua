-- Write a job's row and append it to its person's line in the lane, once per key.
-- KEYS: key, row, lanes of the queue, wake flag, queues
-- ARGV: id, job, content, skill, lane, queue, seconds to keep the key, seconds a wake-up may take,
--       prefix, person
-- Returns {new, id, wake}: wake = 1 when the caller must send a wake-up.
--
-- A lane is a ring of persons (a list), each with a line of jobs (a list): claim goes round the
-- ring, so that one person's five hundred files do not stand before another's single one.
local existing = redis.call('GET', KEYS[1])
if existing then
  return {0, existing, 0}
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
