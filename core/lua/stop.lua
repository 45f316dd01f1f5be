-- Stop a job: a running one is asked to, a waiting one is claimed by the caller, who shows the end.
-- KEYS: row, leases   ARGV: id, lease in ms
-- Returns {over}, {asked} or {yours, job, content, fence, attempts, waits}. When the caller dies,
-- the lease runs out and a worker shows it. The id stays in its line: claim skips it.
local values = redis.call('HMGET', KEYS[1], 'state', 'job', 'content', 'waits')
if values[1] ~= 'waiting' and values[1] ~= 'running' then
  return {'over'}
end
redis.call('HSET', KEYS[1], 'cancel', 1)
if values[1] == 'running' then
  return {'asked'}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
local attempts = redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'state', 'running')
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
return {'yours', values[2], values[3] or '', fence, attempts, tonumber(values[4] or 0)}
