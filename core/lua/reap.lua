-- Put jobs whose lease ran out back into their lanes, and name the queues that need a wake-up.
-- KEYS: leases, queues   ARGV: prefix, seconds a wake-up may take
-- Returns {jobs put back, queue, …}.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local expired = redis.call('ZRANGEBYSCORE', KEYS[1], 0, now, 'LIMIT', 0, 1000)
local count = 0
for _, id in ipairs(expired) do
  local row = ARGV[1] .. 'job:' .. id
  local values = redis.call('HMGET', row, 'state', 'queue', 'lane', 'queued', 'person')
  redis.call('ZREM', KEYS[1], id)
  if values[1] == 'running' then
    redis.call('HINCRBY', row, 'fence', 1)
    redis.call('HSET', row, 'state', 'waiting')
    redis.call('HDEL', row, 'delayed')
    local lane = values[2] .. ':' .. values[3]
    if redis.call('LPUSH', ARGV[1] .. 'line:' .. lane .. ':' .. values[5], id) == 1 then
      redis.call('LPUSH', ARGV[1] .. 'ring:' .. lane, values[5])
    end
    redis.call('ZADD', ARGV[1] .. 'lanes:' .. values[2], 'LT', values[4], values[3])
    count = count + 1
  end
end
local answer = {count}
for _, queue in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  if redis.call('ZCARD', ARGV[1] .. 'lanes:' .. queue) > 0
    and redis.call('SET', ARGV[1] .. 'wake:' .. queue, 1, 'NX', 'EX', ARGV[2]) then
    answer[#answer + 1] = queue
  end
end
return answer
