-- Queue a failed job again, at the head of its person's line.
-- KEYS: row, dead letters, lanes of the queue   ARGV: prefix, id
local values = redis.call('HMGET', KEYS[1], 'state', 'queue', 'lane', 'person', 'queued')
redis.call('LREM', KEYS[2], 0, ARGV[2])
if values[1] ~= 'failed' then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'waiting', 'attempts', 0, 'waits', 0)
redis.call('HDEL', KEYS[1], 'cancel', 'delayed')
redis.call('PERSIST', KEYS[1])
local lane = values[2] .. ':' .. values[3]
if redis.call('LPUSH', ARGV[1] .. 'line:' .. lane .. ':' .. values[4], ARGV[2]) == 1 then
  redis.call('LPUSH', ARGV[1] .. 'ring:' .. lane, values[4])
end
redis.call('ZADD', KEYS[3], 'NX', values[5], values[3])
return 1
