-- What is counted in a day. Whoever knows of somebody's message before its turn ends may count it in
-- a script of their own, and then leave it out of record_turn.

local function count_message(day, active, person)
  redis.call('HINCRBY', day, 'messages', 1)
  redis.call('ZINCRBY', active, 1, person)
  redis.call('EXPIRE', day, STATS_SECONDS)
  redis.call('EXPIRE', active, STATS_SECONDS)
end

-- Of names that are too many for a day all count under none.
local function count_model(day, name)
  local field = 'model:' .. name
  if name ~= '' and redis.call('HEXISTS', day, field) == 0 then
    if redis.call('HINCRBY', day, 'model_names', 1) > MODEL_NAMES then field = 'model:' end
  end
  redis.call('HINCRBY', day, field, 1)
end
