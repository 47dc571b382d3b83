"""Files of the old system, copied where luka keeps them."""

import shutil
from pathlib import Path


def copy_files(old: Path, new: Path) -> int:
    """users/ and shared/ below old; how many were new. What is there already stays as it is; links
    are left behind, since they may lead anywhere."""
    copied = 0
    for part in ("users", "shared"):
        for source in sorted((old / part).rglob("*")):
            target = new / source.relative_to(old)
            if source.is_symlink() or not source.is_file() or target.exists():
                continue
            if any(parent.is_symlink() for parent in source.relative_to(old).parents):
                continue
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(source, target)
            copied += 1
    return copied
