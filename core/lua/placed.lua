-- Record the placeholder that was posted; the first one counts.
-- KEYS: row   ARGV: thread, ts
-- Returns {thread, ts} of the one that counts.
local values = redis.call('HMGET', KEYS[1], 'thread', 'placeholder', 'state')
if values[2] then
  return {values[1], values[2]}
end
if values[3] then -- a row that is forgotten stays forgotten
  redis.call('HSET', KEYS[1], 'thread', ARGV[1], 'placeholder', ARGV[2])
end
return {ARGV[1], ARGV[2]}
