-- Give back the right to post a job's placeholder.
-- KEYS: row   ARGV: 1 when whoever gets it must look first whether a part of it is there
if redis.call('HDEL', KEYS[1], 'placing') > 0 and ARGV[1] == '1' then
  redis.call('HSET', KEYS[1], 'placing', 0)
end
