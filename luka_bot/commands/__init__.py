"""What operators type to look after people; `luka-bot` reads each file when it is asked for."""
