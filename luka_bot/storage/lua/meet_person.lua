-- Somebody is here.
-- KEYS: usage:{uid}, flood:{uid}, asked:{uid}. ARGV: who, as meeting.lua takes it.
-- Returns what meeting.lua says.
return meet(KEYS[1], KEYS[2], KEYS[3], ARGV)
