-- Put an answer behind its question, if thread and question are still there.
-- KEYS: none. ARGV: user id, thread id, turn id as JSON, the question's state, the answer as JSON
-- or "", stamp, "1" if older messages didn't fit, turn id, owner. Returns {"OK"} or {"NO"}.
local uid, id, mark, state = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local answer, stamp, trimmed = ARGV[5], ARGV[6], ARGV[7]
local turn, owner = ARGV[8], ARGV[9]
local thread, history = THREAD .. id, HISTORY .. id

local holder = redis.call('HGET', TURN .. turn, 'owner')
if holder and holder ~= owner then return {'NO'} end -- another process goes on with it

if redis.call('EXISTS', thread) == 0 then return {'NO'} end
local items, asked, answered = find_turn(id, mark)
if not asked then return {'NO'} end

if answer == '' and answered then
  -- the earlier answer stands, so its own state is the question's
  state = state_of(items[answered]) or state
end
write_state(id, items, asked, state)
if holder and redis.call('HGET', TURN .. turn, 'state') ~= 'sent' then advance(turn, 'sending') end
if answer ~= '' and answered then
  items[answered] = answer
  redis.call('LSET', history, answered - 1, answer)
elseif answer ~= '' then
  redis.call('LINSERT', history, 'AFTER', items[asked], answer)
  table.insert(items, asked + 1, answer)
  redis.call('HINCRBY', thread, 'message_count', 1)
end

-- the oldest go with their answers, but no question that may still get its own: so far back that
-- PENDING_ITEMS were said after it, nobody is at work on it any more
local bytes, first = 0, 1
for _, item in ipairs(items) do bytes = bytes + #item end
while first < asked and (#items - first + 1 > HISTORY_ITEMS or bytes > HISTORY_BYTES) do
  if state_of(items[first]) == 'pending' and first > #items - PENDING_ITEMS then break end
  repeat
    bytes = bytes - #items[first]
    first = first + 1
  until first >= asked or not is_assistant(items[first])
end
if first > 1 then redis.call('LTRIM', history, first - 1, -1) end

if trimmed == '1' then redis.call('HSET', thread, 'trimming_told', '1') end
rise(id, stamp)
refresh(uid, id)
redis.call('EXPIRE', history, HISTORY_SECONDS)
return {'OK'}
