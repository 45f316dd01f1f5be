-- How a job's board stands.
-- KEYS: row, board, boards of the queue   ARGV: id, how often a part may have been taken before
-- Returns {state of the job, parts planned, 1 when these are all, parts done, parts to be taken};
-- the state is '' when there is no board, or its job is cancelled.
local row = redis.call('HMGET', KEYS[1], 'state', 'cancel')
local board = redis.call('HMGET', KEYS[2], 'planned', 'whole', 'done')
if not board[1] then
  redis.call('ZREM', KEYS[3], ARGV[1])
  return {'', 0, 0, 0, 0}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local planned, free = tonumber(board[1]), 0
for number = 0, planned - 1 do
  local values = redis.call('HMGET', KEYS[2],
    'done:' .. number, 'until:' .. number, 'tries:' .. number)
  if not values[1] and (not values[2] or tonumber(values[2]) <= now)
    and tonumber(values[3] or 0) <= tonumber(ARGV[2]) then
    free = free + 1
  end
end
return {row[2] and '' or row[1] or '', planned, board[2] and 1 or 0, tonumber(board[3]), free}
