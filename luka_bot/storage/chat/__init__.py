"""What a conversation keeps: its log, who is in it, and what it still owes."""
