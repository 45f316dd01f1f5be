-- Stop a job: a running one is asked to, a waiting one is claimed by the caller, who shows the end.
-- KEYS: row, leases   ARGV: prefix, id, lease in ms
-- Returns {over}, {asked} or {yours, job, content, fence, attempts, cancelled, waits}. When the
-- caller dies, the lease runs out and a worker shows it.
local values = redis.call('HMGET', KEYS[1],
  'state', 'job', 'content', 'waits', 'delayed', 'queue', 'lane', 'person')
if values[1] ~= 'waiting' and values[1] ~= 'running' then
  return {'over'}
end
redis.call('HSET', KEYS[1], 'cancel', 1)
if values[1] == 'running' then
  if values[5] then -- given back for a while: nobody works on it, so nobody would hear
    redis.call('ZADD', KEYS[2], 0, ARGV[2])
  end
  return {'asked'}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local line = ARGV[1] .. 'line:' .. values[6] .. ':' .. values[7] .. ':' .. values[8]
redis.call('LREM', line, 0, ARGV[2])
if redis.call('EXISTS', line) == 0 then -- who asks and cancels gets no turns for it
  redis.call('LREM', ARGV[1] .. 'ring:' .. values[6] .. ':' .. values[7], 0, values[8])
end
local fence = redis.call('HINCRBY', KEYS[1], 'fence', 1)
local attempts = redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'state', 'running')
redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[2])
return {'yours', values[2], values[3] or '', fence, attempts, '1', tonumber(values[4] or 0)}
