-- Decide who says a sentence that belongs to an act: several events may tell us of the act.
-- KEYS: notice   ARGV: milliseconds that saying it may take, seconds to remember it
-- Returns yours, again (yours, but an earlier try may have said it), wait or said.
local value = redis.call('GET', KEYS[1])
if value == 'said' then
  return 'said'
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if value and tonumber(value) > now then
  return 'wait'
end
redis.call('SET', KEYS[1], string.format('%.0f', now + ARGV[1]), 'EX', ARGV[2])
return value and 'again' or 'yours'
