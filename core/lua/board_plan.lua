-- Write the next part of a job on its board, or that the part before was the last one.
-- KEYS: row, board   ARGV: fence, number of the part, the part ('' when there are no more)
-- Returns 1, or 0 when the job or its board is not the caller's any more.
local values = redis.call('HMGET', KEYS[1], 'state', 'fence', 'cancel')
local planned = tonumber(redis.call('HGET', KEYS[2], 'planned') or -1)
local number = tonumber(ARGV[2])
if values[1] ~= 'running' or values[2] ~= ARGV[1] or values[3] or planned < 0
  or number > planned then
  return 0
end
if ARGV[3] == '' then
  redis.call('HSET', KEYS[2], 'whole', 1)
elseif number == planned then -- less: this call was made before, and its answer lost
  redis.call('HSET', KEYS[2], 'part:' .. number, ARGV[3], 'planned', number + 1)
end
return 1
