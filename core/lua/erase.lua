-- Erase what is kept of a team, or of one person in it: texts now, rows as soon as nobody works on them.
-- KEYS: row   ARGV: person as "T1.U1", or "T1." for the whole team
-- Returns 1 when the row was theirs.
local values = redis.call('HMGET', KEYS[1], 'person', 'state')
local whole_team = string.sub(ARGV[1], -1) == '.'
local owner = values[1] or ''
if owner ~= ARGV[1] and not (whole_team and string.sub(owner, 1, #ARGV[1]) == ARGV[1]) then
  return 0
end
redis.call('HDEL', KEYS[1], 'content')
if values[2] == 'running' then
  redis.call('HSET', KEYS[1], 'cancel', 1)
else
  redis.call('DEL', KEYS[1])
end
return 1
