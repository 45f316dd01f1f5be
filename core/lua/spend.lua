-- Count what a quota limits; its window begins with the first.
-- KEYS: count   ARGV: amount, window in seconds
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('TTL', KEYS[1]) < 0 then
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return count
