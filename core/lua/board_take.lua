-- Take the first part that nobody has done and nobody is at, for as long as a lease lasts.
-- KEYS: row, board   ARGV: who, lease in ms, how often a part may have been taken before
-- Returns {number, part, result of the first part}, or {} when there is none for the caller.
local row = redis.call('HMGET', KEYS[1], 'state', 'cancel')
if (row[1] ~= 'running' and row[1] ~= 'waiting') or row[2] then
  return {}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local planned = tonumber(redis.call('HGET', KEYS[2], 'planned') or 0)
for number = 0, planned - 1 do
  local values = redis.call('HMGET', KEYS[2],
    'done:' .. number, 'until:' .. number, 'tries:' .. number)
  local free = not values[2] or tonumber(values[2]) <= now
  if not values[1] and free and tonumber(values[3] or 0) <= tonumber(ARGV[3]) then
    redis.call('HINCRBY', KEYS[2], 'tries:' .. number, 1)
    redis.call('HSET', KEYS[2], 'until:' .. number, string.format('%.0f', now + ARGV[2]),
      'who:' .. number, ARGV[1])
    return {number, redis.call('HGET', KEYS[2], 'part:' .. number),
      redis.call('HGET', KEYS[2], 'done:0') or ''}
  end
end
return {}
