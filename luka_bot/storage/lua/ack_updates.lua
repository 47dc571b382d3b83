-- KEYS: the replica's stream, inbox:tries. ARGV: entry ids. Returns {how many were still there}.
local dropped = 0
for _, entry in ipairs(ARGV) do
  if drop(KEYS[1], entry, KEYS[2]) then dropped = dropped + 1 end
end
return {dropped}
