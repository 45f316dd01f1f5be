-- Put up the result of a part; the first one counts, whoever has the part by now.
-- KEYS: row, board   ARGV: number, result
-- Returns 1 when this one counts.
local row = redis.call('HMGET', KEYS[1], 'state', 'cancel')
if (row[1] ~= 'running' and row[1] ~= 'waiting') or row[2]
  or redis.call('EXISTS', KEYS[2]) == 0 then
  return 0
end
local new = redis.call('HSETNX', KEYS[2], 'done:' .. ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[2], 'done', new)
return new
