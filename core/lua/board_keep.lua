-- Extend the lease of a part, or end it (a lease of 0).
-- KEYS: row, board   ARGV: number, who, lease in ms
-- Returns 1 while the part is the caller's and its result is wanted.
local row = redis.call('HMGET', KEYS[1], 'state', 'cancel')
local values = redis.call('HMGET', KEYS[2], 'who:' .. ARGV[1], 'done:' .. ARGV[1])
if (row[1] ~= 'running' and row[1] ~= 'waiting') or row[2]
  or values[1] ~= ARGV[2] or values[2] then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[2], 'until:' .. ARGV[1], string.format('%.0f', now + ARGV[3]))
return 1
