"""The tools that a model has for a job."""

from luka_bot.llm.protocol import Tool

WRITE = "write_file"
READ = "read_file"
LIST = "list_files"

_NAME = {"type": "string", "description": "The file's name, such as report.md"}

TOOLS = (
    Tool(
        WRITE,
        "Write a file that the person gets with the result. A file of the same name is replaced.",
        {
            "type": "object",
            "properties": {
                "name": _NAME,
                "content": {"type": "string", "description": "The whole text of the file"},
            },
            "required": ["name", "content"],
        },
    ),
    Tool(
        READ,
        "Read a part of a text file of the workspace. The result says where the next part begins.",
        {
            "type": "object",
            "properties": {
                "name": _NAME,
                "offset": {"type": "integer", "description": "Characters to skip; 0 at first"},
            },
            "required": ["name"],
        },
    ),
    Tool(LIST, "List the files of the workspace.", {"type": "object", "properties": {}}),
)
