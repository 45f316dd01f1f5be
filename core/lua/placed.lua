-- Record the placeholder that was posted; the first one counts.
-- KEYS: row   ARGV: thread, ts ("" when only the thread's parent was posted), 1 when whoever posts
-- next must look first, because an earlier try may have posted more
-- Returns {thread, ts} of the one that counts.
local values = redis.call('HMGET', KEYS[1], 'thread', 'placeholder', 'state')
if values[2] then
  return {values[1], values[2]}
end
if values[3] then -- a row that is forgotten stays forgotten
  redis.call('HSET', KEYS[1], 'thread', ARGV[1])
  if ARGV[2] == '' then
    if ARGV[3] == '1' then
      redis.call('HSET', KEYS[1], 'placing', 0)
    else
      redis.call('HDEL', KEYS[1], 'placing')
    end
  else
    redis.call('HSET', KEYS[1], 'placeholder', ARGV[2])
  end
end
return {ARGV[1], ARGV[2]}
