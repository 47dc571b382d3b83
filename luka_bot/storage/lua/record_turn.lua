-- Count a turn that has ended.
-- KEYS: stats:{date}, active:{date}, usage:{uid} (counted there only if it exists).
-- ARGV: person, "1" if their message is still to be counted, "done", "stopped" or "failed", tokens of
-- the prompt, tokens of the answer, seconds of the model, the wait's bound or "", model.
-- Returns {"OK"}.
local day, active, usage = KEYS[1], KEYS[2], KEYS[3]
local person, outcome, wait, model = ARGV[1], ARGV[3], ARGV[7], ARGV[8]
local prompt, answer, seconds = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]

if ARGV[2] == '1' then count_message(day, active, person) end
redis.call('HINCRBY', day, outcome, 1)
redis.call('HINCRBY', day, 'prompt_tokens', prompt)
redis.call('HINCRBY', day, 'answer_tokens', answer)
redis.call('HINCRBYFLOAT', day, 'model_seconds', seconds)
if wait ~= '' then redis.call('HINCRBY', day, 'wait:' .. wait, 1) end
if outcome ~= 'failed' then count_model(day, model) end
redis.call('EXPIRE', day, STATS_SECONDS)

if redis.call('EXISTS', usage) == 1 then
  redis.call('HINCRBY', usage, 'tokens', prompt + answer)
  redis.call('HINCRBYFLOAT', usage, 'seconds', seconds)
end
return {'OK'}
