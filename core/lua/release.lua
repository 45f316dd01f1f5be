-- Give a job back: it waits again when its lease, now the delay, has run out.
-- KEYS: row, leases   ARGV: id, fence, delay in ms
local values = redis.call('HMGET', KEYS[1], 'state', 'fence')
if values[1] ~= 'running' or values[2] ~= ARGV[2] then
  return 0
end
local time = redis.call('TIME')
redis.call('HINCRBY', KEYS[1], 'fence', 1)
redis.call('HINCRBY', KEYS[1], 'attempts', -1) -- it was not the job that failed
if tonumber(ARGV[3]) > 0 then -- at once: only the worker ended, which says nothing of the job
  redis.call('HINCRBY', KEYS[1], 'waits', 1)
end
redis.call('HSET', KEYS[1], 'delayed', 1)
redis.call('ZADD', KEYS[2], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3], ARGV[1])
return 1
