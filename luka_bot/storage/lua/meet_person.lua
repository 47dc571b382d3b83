-- Somebody is here. Returns what meeting.lua does.
-- KEYS: usage:{uid}, flood:{uid}, asked:{uid}. ARGV: who, as meeting.lua takes it.
return meet(KEYS[1], KEYS[2], KEYS[3], ARGV)
