-- Extend the leases of jobs that the caller still owns.
-- KEYS: leases   ARGV: prefix, lease in ms, then id and fence in pairs
-- Returns one word a job: held, lost (another owner, or closed) or cancelled (asked to stop).
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local words = {}
for i = 3, #ARGV, 2 do
  local values = redis.call('HMGET', ARGV[1] .. 'job:' .. ARGV[i], 'state', 'fence', 'cancel')
  local word = 'lost'
  if values[1] == 'running' and values[2] == ARGV[i + 1] then
    redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[i])
    word = values[3] and 'cancelled' or 'held'
  end
  words[#words + 1] = word
end
return words
