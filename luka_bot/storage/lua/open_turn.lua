-- Store a question as pending, in the named thread or the active one.
-- KEYS: none. ARGV: user id, thread id or "", turn id as JSON, turn id, most history items to
-- return, the question as JSON without seq, stamp, owner, who wrote it in a group or "", fields and
-- values of a first thread.
-- Returns {"OK", hash, state, question, answer or "", message ids or "", {flag, ...}, {item, ...}},
-- {"CONVERSATION", thread id}, {"GONE"} or {"NOT_YOURS"}.
local uid, id, mark, turn = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local limit, question, stamp, owner = tonumber(ARGV[5]), ARGV[6], ARGV[7], ARGV[8]
local writer = ARGV[9]
local created = false

if id ~= '' then
  local standing = rank(uid, id)
  if refused(standing) then return {standing} end
else
  -- a second run belongs where the first one was, whatever is active by now
  id = redis.call('HGET', TURN .. turn, 'thread') or active_id(uid)
  if id and refused(rank(uid, id)) then return {rank(uid, id)} end
  if not id then
    id = create_first(uid, {unpack(ARGV, 10)})
    created = true
  end
end

local thread = THREAD .. id
local items, asked, answered = find_turn(id, mark)
-- what is said in a conversation is no turn; one that began before it was a conversation goes on
if not asked and redis.call('HGET', thread, 'conv') then return {'CONVERSATION', id} end
local left = take_turn(turn, id, owner)
local state, answer, delivered = 'new', '', false

if asked then
  -- an answer that stands there and isn't stored yet is not delivered: nobody would remember it
  delivered = left[3] == 'sent' and state_of(items[asked]) ~= 'pending'
end
if asked and answered then
  state, answer = 'answered', items[answered]
elseif asked then
  state = 'resumed'
  if not delivered then write_state(id, items, asked, 'pending') end
else
  local count = tonumber(redis.call('HGET', thread, 'message_count') or '0') or 0
  if #items == 0 and count > 0 then redis.call('HSET', thread, 'expired_turn', turn) end
  redis.call('HSETNX', thread, 'seq', math.max(count, #items))
  -- two numbers a turn: the answer's stands right after its question's
  local seq = redis.call('HINCRBY', thread, 'seq', 2) - 1
  items[#items + 1] = string.format('{"seq":%d,', seq) .. string.sub(question, 2)
  asked = #items
  redis.call('RPUSH', HISTORY .. id, items[asked])
  redis.call('HINCRBY', thread, 'message_count', 1)
end

-- their words may come into its summary, and stay there when their question is trimmed
if writer ~= '' then redis.call('HSET', thread, 'writer:' .. writer, '1') end
if state ~= 'answered' and not delivered then advance(turn, 'stored') end

local flags = telling(id, turn, state)
if delivered then flags[#flags + 1] = 'delivered' end
if left[2] then flags[#flags + 1] = 'doubtful' end
if created then flags[#flags + 1] = 'thread_created' end
rise(id, stamp)
refresh(uid, id)
redis.call('EXPIRE', HISTORY .. id, HISTORY_SECONDS)
return {'OK', hash(id), state, items[asked], answer, left[1] or '', flags, before(items, asked, limit)}
