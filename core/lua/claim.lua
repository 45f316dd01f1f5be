-- Claim up to a batch of jobs of the lane that has waited longest, going round its persons. A job
-- whose worker died is claimed alone: should it be the cause, it takes nobody with it again.
-- KEYS: lanes of the queue, leases
-- ARGV: prefix, queue, lease in ms, batch size a skill as JSON, 1 when lanes of jobs whose input
--       must be fetched first ("…/fetched") may be served, too; those have a batch size of their own
-- Returns {left, {id, job, content, fence, attempts, cancelled, waits}, …}; left = jobs still
-- waiting anywhere in the queue (0 or 1: enough to know whether to wake another).
local limits = cjson.decode(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- The next job of a lane, or nil; the person whose turn it was goes to the end of the ring.
local function next_of(lane)
  local ring = ARGV[1] .. 'ring:' .. ARGV[2] .. ':' .. lane
  while true do
    local person = redis.call('LPOP', ring)
    if not person then
      return nil
    end
    local line = ARGV[1] .. 'line:' .. ARGV[2] .. ':' .. lane .. ':' .. person
    local id = redis.call('LPOP', line)
    if id then
      if redis.call('LLEN', line) > 0 then
        redis.call('RPUSH', ring, person)
      end
      return id, person
    end
  end
end

local function put_back(lane, person, id)
  local ring = ARGV[1] .. 'ring:' .. ARGV[2] .. ':' .. lane
  if redis.call('LPUSH', ARGV[1] .. 'line:' .. ARGV[2] .. ':' .. lane .. ':' .. person, id) > 1 then
    redis.call('LREM', ring, -1, person)
  end
  redis.call('LPUSH', ring, person)
end

-- The lane that has waited longest among those that may be served.
local function next_lane()
  for _, lane in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if ARGV[5] == '1' or string.sub(lane, -8) ~= '/fetched' then
      return lane
    end
  end
end

local claims = {0}
while #claims == 1 do
  local lane = next_lane()
  if not lane then
    return claims
  end
  local limit = 1
  while #claims - 1 < limit do
    local id, person = next_of(lane)
    if not id then
      break
    end
    local row = ARGV[1] .. 'job:' .. id
    local values =
      redis.call('HMGET', row, 'state', 'job', 'content', 'skill', 'cancel', 'waits', 'attempts')
    local suspect = values[1] == 'waiting' and tonumber(values[7]) > 0
    if suspect and #claims > 1 then
      put_back(lane, person, id)
      break
    end
    if values[1] == 'waiting' then
      limit = limits[values[4] .. string.sub(lane, -8)] or limits[values[4]] or 1
      local fence = redis.call('HINCRBY', row, 'fence', 1)
      local attempts = redis.call('HINCRBY', row, 'attempts', 1)
      redis.call('HSET', row, 'state', 'running')
      redis.call('ZADD', KEYS[2], now + ARGV[3], id)
      if suspect then
        limit = 1
      end
      claims[#claims + 1] = {id, values[2], values[3] or '', fence, attempts, values[5] or '',
        tonumber(values[6] or 0)}
    end
  end
  if redis.call('EXISTS', ARGV[1] .. 'ring:' .. ARGV[2] .. ':' .. lane) == 1 then
    local turn = string.format('%.0f', time[1] * 1000000 + time[2])
    redis.call('ZADD', KEYS[1], turn, lane) -- served just now: the other lanes come first
  else
    redis.call('ZREM', KEYS[1], lane)
  end
end
claims[1] = next_lane() and 1 or 0
return claims
