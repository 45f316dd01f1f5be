-- Record the placeholder that was posted; the first one counts.
-- KEYS: row   ARGV: thread, ts; without a ts only the thread's parent was posted
-- Returns {thread, ts} of the one that counts.
local values = redis.call('HMGET', KEYS[1], 'thread', 'placeholder', 'state')
if values[2] then
  return {values[1], values[2]}
end
if values[3] then -- a row that is forgotten stays forgotten
  redis.call('HSET', KEYS[1], 'thread', ARGV[1])
  if ARGV[2] == '' then
    redis.call('HDEL', KEYS[1], 'placing')
  else
    redis.call('HSET', KEYS[1], 'placeholder', ARGV[2])
  end
end
return {ARGV[1], ARGV[2]}
