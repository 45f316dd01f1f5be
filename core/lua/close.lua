-- Close a job for good and forget what the person wrote.
-- KEYS: row, leases, totals, dead letters, board   ARGV: id, fence, state, seconds to keep the row
local values = redis.call('HMGET', KEYS[1], 'state', 'fence', 'erase')
if values[1] ~= 'running' or values[2] ~= ARGV[2] then
  return 0
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[5])
redis.call('HINCRBY', KEYS[3], ARGV[3], 1)
if values[3] then -- the person asked to be forgotten meanwhile
  redis.call('DEL', KEYS[1])
  return 1
end
redis.call('HSET', KEYS[1], 'state', ARGV[3])
redis.call('HDEL', KEYS[1], 'content')
redis.call('EXPIRE', KEYS[1], ARGV[4])
if ARGV[3] == 'failed' then
  redis.call('LPUSH', KEYS[4], ARGV[1])
  redis.call('LTRIM', KEYS[4], 0, 999)
end
return 1
