-- Open the board of a job that several workers do together, where other workers find it; once.
-- KEYS: row, board, boards of the queue
-- ARGV: prefix, id, fence, job, content, seconds to keep it
-- Returns 1 when the board is open, 0 when the job is not the caller's.
local values = redis.call('HMGET', KEYS[1], 'state', 'fence', 'cancel')
if values[1] ~= 'running' or values[2] ~= ARGV[3] or values[3] then
  return 0
end
for _, id in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  if redis.call('EXISTS', ARGV[1] .. 'board:' .. id) == 0 then
    redis.call('ZREM', KEYS[3], id)
  end
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('HSET', KEYS[2], 'job', ARGV[4], 'content', ARGV[5], 'planned', 0, 'done', 0)
  redis.call('EXPIRE', KEYS[2], ARGV[6])
end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[3], 'NX', time[1] * 1000 + math.floor(time[2] / 1000), ARGV[2])
return 1
