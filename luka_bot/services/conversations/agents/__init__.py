"""What an agent of a conversation hears, decides and says."""
