-- One page of a person's threads, newest first; expired ones are pruned from the index.
-- KEYS: none. ARGV: user id, offset, limit.
-- Returns {"OK", total, offset of this page, active id or "", {hash, ...}}.
local uid, offset, limit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local threads = living(uid)
local total = #threads
if offset >= total then offset = math.max(0, math.floor((total - 1) / limit) * limit) end

local hashes = {}
local active = active_id(uid) or ''
for i = offset + 1, math.min(total, offset + limit) do
  hashes[#hashes + 1] = hash(threads[i][1])
end
return {'OK', total, offset, active, hashes}
