-- Cancel a job: a waiting one is closed here, a running one is asked to stop.
-- KEYS: row, totals   ARGV: id, seconds to keep the row
-- Returns cancelled, asked or over. The id stays in its line: claim skips it.
local state = redis.call('HGET', KEYS[1], 'state')
if state == 'waiting' then
  redis.call('HSET', KEYS[1], 'state', 'cancelled')
  redis.call('HDEL', KEYS[1], 'content')
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  redis.call('HINCRBY', KEYS[2], 'cancelled', 1)
  return 'cancelled'
end
if state == 'running' then
  redis.call('HSET', KEYS[1], 'cancel', 1)
  return 'asked'
end
return 'over'
