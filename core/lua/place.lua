-- Decide who posts a job's placeholder: bot and worker may both want to.
-- KEYS: row   ARGV: milliseconds that posting may take
-- Returns {placed, thread, ts}, {yours, thread}, {again, thread} (yours, but an earlier try may have
-- posted it), {wait} or {gone}; the thread is empty while its parent was not posted.
local values = redis.call('HMGET', KEYS[1], 'thread', 'placeholder', 'placing', 'state')
if values[2] then
  return {'placed', values[1], values[2]}
end
if not values[4] then
  return {'gone'}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if values[3] and tonumber(values[3]) > now then
  return {'wait'}
end
redis.call('HSET', KEYS[1], 'placing', now + ARGV[1])
return {values[3] and 'again' or 'yours', values[1] or ''}
