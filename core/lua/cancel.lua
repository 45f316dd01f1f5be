-- Cancel a job: a waiting one is closed here, a running one is asked to stop.
-- KEYS: row, totals, leases   ARGV: prefix, id, seconds to keep the row
-- Returns cancelled, asked or over.
local values = redis.call('HMGET', KEYS[1], 'state', 'queue', 'lane', 'person', 'delayed')
if values[1] == 'waiting' then
  local line = ARGV[1] .. 'line:' .. values[2] .. ':' .. values[3] .. ':' .. values[4]
  redis.call('LREM', line, 0, ARGV[2])
  redis.call('HSET', KEYS[1], 'state', 'cancelled')
  redis.call('HDEL', KEYS[1], 'content')
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  redis.call('HINCRBY', KEYS[2], 'cancelled', 1)
  return 'cancelled'
end
if values[1] == 'running' then
  redis.call('HSET', KEYS[1], 'cancel', 1)
  if values[5] then -- given back for a while: nobody works on it, so nobody would hear
    redis.call('ZADD', KEYS[3], 0, ARGV[2])
  end
  return 'asked'
end
return 'over'
