-- Erase what is kept of a team, or of one person in it: texts now, rows as soon as their thread has
-- been told. A team that left cannot be told anything: its waiting rows go at once.
-- KEYS: row, leases, board   ARGV: person as "T1.U1", or "T1." for the whole team; id
-- Returns 1 when the row was theirs.
local values = redis.call('HMGET', KEYS[1], 'person', 'state', 'delayed')
local whole_team = string.sub(ARGV[1], -1) == '.'
local owner = values[1] or ''
if owner ~= ARGV[1] and not (whole_team and string.sub(owner, 1, #ARGV[1]) == ARGV[1]) then
  return 0
end
redis.call('DEL', KEYS[3])
local working = values[2] == 'running' and not values[3]
local open = values[2] == 'running' or values[2] == 'waiting'
if working or (open and not whole_team) then
  redis.call('HDEL', KEYS[1], 'content')
  redis.call('HSET', KEYS[1], 'cancel', 1, 'erase', 1)
  if values[3] then -- given back for a while: the end need not wait for that
    redis.call('ZADD', KEYS[2], 0, ARGV[2])
  end
else
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[2])
end
return 1
