-- Forget a placeholder that somebody deleted; its thread's parent may still be there to be found.
-- KEYS: row
if redis.call('HDEL', KEYS[1], 'placeholder', 'thread') > 0 then
  redis.call('HSET', KEYS[1], 'placing', 0)
end
