-- The same question again: pending, while its old answer stands until a new one is committed.
-- KEYS: none. ARGV: user id, thread id, turn id as JSON, turn id, most history items to return,
-- "1" if only the last turn may be answered anew, else "0" (a turn that is done stays done), owner,
-- what asked for it or "" (a second run of the same begins nothing anew).
-- Returns what open_turn returns, {"NO_TURN"} or {"NOT_LAST"}.
local uid, id, mark, turn = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local limit, last_only, owner, request = tonumber(ARGV[5]), ARGV[6] == '1', ARGV[7], ARGV[8]

local standing = rank(uid, id)
if refused(standing) then return {standing} end

local items, asked, answered = find_turn(id, mark)
if not asked then return {'NO_TURN'} end

local again = request ~= '' and redis.call('HGET', TURN .. turn, 'request') == request
if last_only and not again and (answered or asked) < #items then return {'NOT_LAST'} end

local left = take_turn(turn, id, owner)
if request ~= '' then redis.call('HSET', TURN .. turn, 'request', request) end
local state, answer = 'resumed', answered and items[answered] or ''
local ended = state_of(items[asked]) ~= 'pending'
local delivered = again and ended and left[3] == 'sent'
if answered and ended and again then
  state = 'answered'
elseif answered and not last_only and state_of(items[asked]) == 'done' then
  state = 'answered'
elseif not delivered then
  write_state(id, items, asked, 'pending')
  advance(turn, 'generating')
end

local flags = telling(id, turn, state)
if delivered then flags[#flags + 1] = 'delivered' end
if left[2] then flags[#flags + 1] = 'doubtful' end
refresh(uid, id)
redis.call('EXPIRE', HISTORY .. id, HISTORY_SECONDS)
return {'OK', hash(id), state, items[asked], answer, left[1] or '', flags, before(items, asked, limit)}
