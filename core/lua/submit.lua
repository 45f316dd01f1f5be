-- Write a job's row and append it to its lane, once per key.
-- KEYS: key, row, waiting list, lanes of the queue, wake flag, queues
-- ARGV: id, job, content, skill, lane, queue, seconds to keep the key, seconds a wake-up may take
-- Returns {new, id, wake}: wake = 1 when the caller must send a wake-up.
local existing = redis.call('GET', KEYS[1])
if existing then
  return {0, existing, 0}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[7])
redis.call('HSET', KEYS[2], 'job', ARGV[2], 'content', ARGV[3], 'skill', ARGV[4], 'lane', ARGV[5],
  'queue', ARGV[6], 'state', 'waiting', 'attempts', 0, 'fence', 0, 'queued', now)
redis.call('RPUSH', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[4], 'NX', now, ARGV[5])
redis.call('SADD', KEYS[6], ARGV[6])
local wake = redis.call('SET', KEYS[5], 1, 'NX', 'EX', ARGV[8])
return {1, ARGV[1], wake and 1 or 0}
