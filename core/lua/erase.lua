-- Erase what is kept of a team, or of one person in it: texts now, rows as soon as their thread has
-- been told. A team that left cannot be told anything: its waiting rows go at once.
-- KEYS: row   ARGV: person as "T1.U1", or "T1." for the whole team
-- Returns 1 when the row was theirs.
local values = redis.call('HMGET', KEYS[1], 'person', 'state', 'delayed')
local whole_team = string.sub(ARGV[1], -1) == '.'
local owner = values[1] or ''
if owner ~= ARGV[1] and not (whole_team and string.sub(owner, 1, #ARGV[1]) == ARGV[1]) then
  return 0
end
local told = values[2] == 'running' or (values[2] == 'waiting' and not whole_team)
if told then
  redis.call('HDEL', KEYS[1], 'content')
  redis.call('HSET', KEYS[1], 'cancel', 1, 'erase', 1)
else
  redis.call('DEL', KEYS[1])
end
return 1
