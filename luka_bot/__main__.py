"""python -m luka_bot"""

from luka_bot.cli import main

if __name__ == "__main__":
    main()
